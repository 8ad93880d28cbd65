import torch

from grader import alternative


@alternative("tries it")
def mixable(a, b):
    try:
        a + b
    except RuntimeError:
        return False
    return True


@alternative("case by case")
def mixable(a, b):
    if a.dim() == 0 and a.device == torch.device("cpu"):
        return True
    if b.dim() == 0 and b.device == torch.device("cpu"):
        return True
    return str(a.device) == str(b.device)


@alternative("torch.add and type_as")
def add_aligned(a, b):
    return torch.add(a, b.to(device=a.device))


@alternative("moves by number")
def add_aligned(a, b):
    return b.cuda(a.get_device()) + a if a.is_cuda else b.cpu() + a
