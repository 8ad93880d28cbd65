import numpy as np
import torch
from PIL import Image
from torchvision.transforms import v2

from grader import alternative


@alternative("resized by PIL")
def prepare_photo(path, resize, crop, mean=None, std=None):
    picture = v2.CenterCrop(crop)(v2.Resize(resize)(Image.open(path).convert("RGB")))
    batch = v2.functional.to_dtype(v2.functional.to_image(picture), torch.float32, scale=True)[None]
    return batch if mean is None else v2.functional.normalize(batch, mean, std)


@alternative("functional, from an array")
def prepare_photo(path, resize, crop, mean=None, std=None):
    t = torch.from_numpy(np.array(Image.open(path)))[..., :3].permute(2, 0, 1)
    t = v2.functional.center_crop(v2.functional.resize(t, [resize], antialias=True), [crop, crop]) / 255
    if mean is not None:
        t = (t - torch.tensor(mean)[:, None, None]) / torch.tensor(std)[:, None, None]
    return t.unsqueeze(0)
