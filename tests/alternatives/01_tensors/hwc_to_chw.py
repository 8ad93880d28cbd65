import torch

from grader import alternative


@alternative("movedim")
def hwc_to_chw(image):
    return image.movedim(-1, 0)


@alternative("two transposes")
def hwc_to_chw(image):
    return image.transpose(0, 2).transpose(1, 2)


@alternative("einsum")
def hwc_to_chw(image):
    return torch.einsum("hwc->chw", image)
