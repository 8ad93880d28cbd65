import copy

import torch

from grader import alternative


@alternative("by hand")
def dummy_loss(output, generator):
    target = torch.randn(*output.shape, generator=generator)
    return (output - target).square().mean()


@alternative("a copy of the model, and backward")
def unreached(model, x):
    twin = copy.deepcopy(model)
    twin.zero_grad(set_to_none=True)
    loss = dummy_loss(twin(x), torch.Generator())
    if loss.grad_fn is not None:
        loss.backward()
    return [name for name, p in twin.named_parameters() if p.requires_grad and p.grad is None]


@alternative("the sum as a loss, parameter by parameter")
def unreached(model, x):
    names = []
    for name, p in model.named_parameters():
        if p.requires_grad:
            total = model(x).sum()
            if not total.requires_grad or torch.autograd.grad(total, p, allow_unused=True)[0] is None:
                names.append(name)
    return names
