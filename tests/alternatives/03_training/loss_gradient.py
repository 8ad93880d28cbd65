import torch

from grader import alternative


@alternative("means of products")
def loss_gradient(x, t, params):
    error = params[0] * x + params[1] - t
    return 2 * torch.stack([(error * x).mean(), error.mean()])


@alternative("a design matrix")
def loss_gradient(x, t, params):
    table = torch.stack([x, torch.ones_like(x)], dim=1)
    return 2 / x.numel() * table.T @ (table @ params - t)


@alternative("autograd")
def loss_gradient(x, t, params):
    p = params.detach().clone().requires_grad_(True)
    ((p[0] * x + p[1] - t) ** 2).mean().backward()
    return p.grad
