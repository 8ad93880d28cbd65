import torch

from grader import alternative


@alternative("in float, with minimum and maximum")
def brighten(image, amount):
    wide = image.float() + amount
    return torch.minimum(torch.maximum(wide, torch.tensor(0.0)), torch.tensor(255.0)).byte()


@alternative("where, in int16")
def brighten(image, amount):
    s = image.to(torch.int16) + amount
    s = torch.where(s > 255, torch.full_like(s, 255), s)
    s[s < 0] = 0
    return s.type(torch.uint8)
