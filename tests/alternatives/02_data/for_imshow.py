import numpy as np
import torch

from grader import alternative


@alternative("in NumPy")
def for_imshow(image, mean, std):
    array = image.numpy().transpose(1, 2, 0) * std.numpy() + mean.numpy()
    return np.clip(array, 0, 1).squeeze(axis=2) if array.shape[2] == 1 else np.clip(array, 0, 1)


@alternative("the channel moved first")
def for_imshow(image, mean, std):
    unit = torch.clip(torch.einsum("chw->hwc", image) * std + mean, min=0.0, max=1.0)
    return unit[:, :, 0].numpy() if unit.size(-1) == 1 else unit.contiguous().numpy()
