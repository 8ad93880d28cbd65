import torch

from grader import alternative


@alternative("one number for the place")
def random_crop(image, size, generator):
    rows, columns = image.shape[-2] - size + 1, image.shape[-1] - size + 1
    place = torch.randint(0, rows * columns, (), generator=generator).item()
    top, left = divmod(place, columns)
    return image[..., top : top + size, left : left + size].clone()


@alternative("rand, cut down")
def random_crop(image, size, generator):
    _, h, w = image.shape
    u = torch.rand(2, generator=generator)
    left, top = int(u[0] * (w - size + 1)), int(u[1] * (h - size + 1))
    return image.narrow(1, top, size).narrow(2, left, size)
