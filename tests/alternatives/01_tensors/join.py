import torch

from grader import alternative


@alternative("stack made of cat")
def join(tensors, how, dim):
    if how not in {"cat", "stack"}:
        raise ValueError(f"{how!r}?")
    return torch.cat([t.unsqueeze(dim) for t in tensors] if how == "stack" else tensors, dim)


@alternative("a table of functions")
def join(tensors, how, dim):
    ways = {"cat": torch.concat, "stack": torch.stack}
    if how not in ways:
        raise ValueError
    return ways[how](tensors, dim)
