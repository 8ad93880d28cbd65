import numpy as np
import torch
from PIL import Image
from torchvision.transforms import v2

from grader import alternative


@alternative("PIL drops alpha")
def load_batch(paths):
    arrays = np.stack([np.asarray(Image.open(path).convert("RGB")) for path in paths])
    return torch.tensor(arrays).permute(0, 3, 1, 2)


@alternative("torchvision makes the tensors")
def load_batch(paths):
    return torch.cat([v2.functional.pil_to_tensor(Image.open(path))[None, :3] for path in paths])
