import torch

from grader import alternative


@alternative("no_grad in a branch")
def forward_loss(f, params, x, t, train):
    if train:
        return torch.nn.functional.mse_loss(f(x, *params), t)
    with torch.no_grad():
        return torch.nn.functional.mse_loss(f(x, *params), t)


@alternative("detaches the result")
def forward_loss(f, params, x, t, train):
    loss = (f(x, *params) - t).square().mean()
    return loss if train else loss.detach()


@alternative("inference_mode")
def forward_loss(f, params, x, t, train):
    with torch.inference_mode(not train):
        return (f(x, *params) - t).square().mean()


@alternative("detached parameters")
def forward_loss(f, params, x, t, train):
    given = params if train else [p.detach() for p in params]
    return (f(x, *given) - t).square().mean()


@alternative("puts the old state back by hand")
def forward_loss(f, params, x, t, train):
    before = torch.is_grad_enabled()
    torch.set_grad_enabled(train)
    try:
        return (f(x, *params) - t).square().mean()
    finally:
        torch.set_grad_enabled(before)
