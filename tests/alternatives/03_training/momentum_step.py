import torch

from grader import alternative


@alternative("torch.add and torch.sub")
def momentum_step(p, g, v, rate, momentum):
    velocity = torch.add(g, v, alpha=momentum)
    return [torch.sub(p, velocity, alpha=rate), velocity]


@alternative("asks the optimizer")
def momentum_step(p, g, v, rate, momentum):
    leaf = p.clone().requires_grad_()
    leaf.grad = momentum * v + g
    torch.optim.SGD([leaf], lr=rate).step()
    return leaf.detach(), leaf.grad
