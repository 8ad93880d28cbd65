import torch

from grader import alternative


@alternative("rows of a scaled identity")
def numeric_gradient(f, params, delta):
    steps = delta * torch.eye(params.numel(), dtype=params.dtype)
    return torch.tensor([(f(params + s) - f(params - s)) / (2 * delta) for s in steps], dtype=params.dtype)


@alternative("clones, and fills an empty tensor")
def numeric_gradient(f, params, delta):
    out = torch.empty_like(params)
    for i in range(params.shape[0]):
        up, down = params.clone(), params.clone()
        up[i] += delta
        down[i] -= delta
        out[i] = 0.5 * (f(up) - f(down)) / delta
    return out
