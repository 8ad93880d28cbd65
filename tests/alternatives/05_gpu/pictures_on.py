import torch

from grader import alternative


@alternative("float, then movedim")
def pictures_on(images, device):
    there = images.to(device).float().div_(255)
    return there.movedim(-1, 1)


@alternative("contiguous bytes first")
def pictures_on(images, device):
    return images.permute(0, 3, 1, 2).contiguous().to(device, non_blocking=True).to(torch.float32) / 255.0
