import numpy as np
import torch

from grader import alternative


@alternative("in NumPy")
def to_tensor(array):
    scale = 255 if array.dtype == np.uint8 else 1
    wide = array.astype("float32") / np.float32(scale)
    return torch.from_numpy(np.ascontiguousarray(np.atleast_3d(wide).transpose(2, 0, 1)))


@alternative("a factor, and movedim")
def to_tensor(array):
    if array.ndim == 2:
        array = array[:, :, None]
    t = torch.from_numpy(array).movedim(-1, 0).to(torch.float32, copy=True)
    return t * (1 / 255) if array.dtype.kind == "u" else t
