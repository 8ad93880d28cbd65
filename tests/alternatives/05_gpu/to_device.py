import torch

from grader import alternative


@alternative("a match statement")
def to_device(obj, device):
    match obj:
        case torch.Tensor():
            return obj.to(device)
        case dict():
            return dict(zip(obj.keys(), (to_device(v, device) for v in obj.values())))
        case tuple() if hasattr(obj, "_fields"):
            return obj._make(to_device(v, device) for v in obj)
        case list() | tuple():
            return type(obj)(to_device(v, device) for v in obj)
    return obj


@alternative("with a helper")
def to_device(obj, device):
    if torch.is_tensor(obj):
        return obj.to(device, non_blocking=False)
    walk = lambda values: [to_device(v, device) for v in values]
    if isinstance(obj, dict):
        return {k: to_device(v, device) for k, v in obj.items()}
    if isinstance(obj, list):
        return walk(obj)
    if isinstance(obj, tuple):
        return obj.__class__(*walk(obj)) if hasattr(obj, "_fields") else tuple(walk(obj))
    return obj


@alternative("the tree tools of PyTorch")
def to_device(obj, device):
    return torch.utils._pytree.tree_map_only(torch.Tensor, lambda t: t.to(device), obj)
