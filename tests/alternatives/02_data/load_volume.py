import os

import numpy as np
import torch
from PIL import Image

from grader import alternative


@alternative("pairs of position and array")
def load_volume(folder):
    found = []
    for name in os.listdir(folder):
        if name.endswith(".png"):
            with Image.open(os.path.join(folder, name)) as picture:
                found.append((float(picture.text["position"]), np.asarray(picture, dtype=np.float32)))
    found.sort(key=lambda pair: pair[0])
    return torch.from_numpy(np.stack([array for _, array in found])[None])


@alternative("cat with a new axis")
def batch_volumes(volumes):
    return torch.cat([volume[None] for volume in volumes], dim=0)
