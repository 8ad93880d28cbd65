import torch

from grader import alternative


@alternative("keeps the graph and goes backward again")
def gradient_trail(f, p, n):
    leaf = p.detach().clone().requires_grad_(True)
    result = f(leaf)
    trail = []
    for _ in range(n):
        result.backward(retain_graph=True)
        trail.append(leaf.grad.detach().clone())
    return trail


@alternative("adds up by hand")
def gradient_trail(f, p, n):
    leaf = p.clone().requires_grad_()
    (g,) = torch.autograd.grad(f(leaf), leaf)
    total, trail = torch.zeros_like(p), []
    for _ in range(n):
        total = total + g
        trail.append(total)
    return trail


@alternative("fills with zeros where there is something")
def clear_gradients(params):
    for p in params:
        if p.grad is not None:
            p.grad.zero_()


@alternative("an optimizer's zero_grad that sets None")
def clear_gradients(params):
    torch.optim.SGD(params, lr=0.1).zero_grad(set_to_none=True)
