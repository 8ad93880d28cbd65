import torch

from grader import alternative


@alternative("where")
def signed_sqrt(t):
    root = torch.sqrt(t.abs())
    return torch.where(t < 0, -root, root)


@alternative("a power and copysign")
def signed_sqrt(t):
    if not t.is_floating_point():
        t = t.float()
    return torch.copysign(t.abs() ** 0.5, t)
