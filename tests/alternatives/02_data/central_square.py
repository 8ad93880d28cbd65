import torch
from torchvision.transforms import v2

from grader import alternative


@alternative("integer division")
def shorter_side(height, width, size):
    short = min(height, width)
    return height * size // short, width * size // short


@alternative("narrow")
def center_crop(image, size):
    _, h, w = image.shape
    return image.narrow(1, (h - size) // 2, size).narrow(2, (w - size) // 2, size)


@alternative("torchvision's")
def center_crop(image, size):
    return v2.functional.center_crop(image, [size, size])


@alternative("half the picture less half the square")
def center_crop(image, size):
    top, left = image.shape[1] // 2 - size // 2, image.shape[2] // 2 - size // 2
    return image[:, top : top + size, left : left + size]
