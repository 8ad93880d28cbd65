import torch

from grader import alternative


@alternative("integer division")
def shorter_side(height, width, size):
    short = min(height, width)
    return height * size // short, width * size // short


@alternative("narrow")
def center_crop(image, size):
    _, h, w = image.shape
    return image.narrow(1, (h - size) // 2, size).narrow(2, (w - size) // 2, size)
