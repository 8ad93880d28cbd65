import math

import torch

from grader import alternative


@alternative("data and sub_")
def sgd_step_(module, rate):
    for p in module.parameters():
        if p.grad is not None:
            p.data.sub_(p.grad.data * rate)


@alternative("the optimizer")
def sgd_step_(module, rate):
    torch.optim.SGD(module.parameters(), lr=rate).step()


@alternative("inference_mode, and add_ with a factor")
def sgd_step_(module, rate):
    with torch.inference_mode():
        for _, p in module.named_parameters():
            if p.grad is None:
                continue
            p.add_(p.grad, alpha=-rate)


@alternative("by hand")
def gradient_norms(module):
    found = {}
    for name, p in module.named_parameters():
        found[name] = None
        if p.grad is not None:
            found[name] = math.sqrt(float((p.grad * p.grad).sum()))
    return found


@alternative("linalg")
def gradient_norms(module):
    return {
        name: float(torch.linalg.vector_norm(p.grad)) if p.grad is not None else None
        for name, p in module.named_parameters()
    }
