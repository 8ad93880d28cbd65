import torch

from grader import alternative


@alternative("autograd.grad")
def gradients(f, params):
    leaves = [p.detach().clone().requires_grad_(True) for p in params]
    found = torch.autograd.grad(f(*leaves), leaves, allow_unused=True)
    return [torch.zeros_like(p) if g is None else g for p, g in zip(params, found)]


@alternative("torch.func")
def gradients(f, params):
    return list(torch.func.grad(f, argnums=tuple(range(len(params))))(*params))


@alternative("detached views as leaves")
def gradients(f, params):
    leaves = tuple(p.detach().requires_grad_() for p in params)
    f(*leaves).backward()
    return tuple(p.grad if p.grad is not None else torch.zeros(p.shape, dtype=p.dtype) for p in leaves)
