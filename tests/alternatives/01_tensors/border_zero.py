import torch

from grader import alternative


@alternative("pads the inside")
def border_zero(t):
    out = torch.zeros_like(t)
    out[1:-1, 1:-1] = t[1:-1, 1:-1]
    return out


@alternative("takes the inside of a mask, else 0")
def border_zero(t):
    rows, cols = torch.arange(t.shape[0]), torch.arange(t.shape[1])
    inside = ((rows > 0) & (rows < t.shape[0] - 1))[:, None] & ((cols > 0) & (cols < t.shape[1] - 1))[None]
    return torch.where(inside, t, torch.zeros_like(t))
