import torch

from grader import alternative


@alternative("PyTorch's own")
def clip_(params, limit):
    return torch.nn.utils.clip_grad_norm_(params, limit)


@alternative("squares and where")
def clip_(params, limit):
    params = [p for p in params if p.grad is not None]
    length = sum((p.grad**2).sum() for p in params).sqrt()
    factor = torch.where(length > limit, limit / length, torch.ones_like(length))
    for p in params:
        p.grad *= factor
    return length


@alternative("one long vector, and division")
def clip_(params, limit):
    grads = [p.grad for p in params if p.grad is not None]
    length = torch.cat([g.flatten() for g in grads]).norm(2)
    divisor = torch.clamp(length / limit, min=1.0)
    for g in grads:
        g /= divisor
    return length


@alternative("all at once")
def clip_(params, limit):
    grads = [p.grad for p in params if p.grad is not None]
    with torch.no_grad():
        length = torch.linalg.vector_norm(torch.cat([g.reshape(-1) for g in grads]))
        torch._foreach_mul_(grads, torch.where(length > limit, limit / length, torch.ones_like(length)))
    return length
