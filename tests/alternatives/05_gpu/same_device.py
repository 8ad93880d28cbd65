import torch

from grader import alternative


@alternative("complete names")
def same_device(a, b):
    names = [str(a), str(b)]
    first, second = (name if ":" in name else name + ":0" for name in names)
    return first == second


@alternative("tuples")
def same_device(a, b):
    def key(device):
        device = torch.device(device)
        return device.type, 0 if device.index is None else device.index

    return key(a) == key(b)
