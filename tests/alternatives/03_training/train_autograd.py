import torch

from grader import alternative


@alternative("clears after the step, fills with zeros")
def train_autograd(x, t, params, rate, epochs):
    losses = []
    for _ in range(epochs):
        w, b = params
        loss = ((w * x + b - t) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            params.sub_(rate * params.grad)
            params.grad.zero_()
        losses.append(float(loss))
    return losses


@alternative("clears at the start, changes .data")
def train_autograd(x, t, params, rate, epochs):
    losses = []
    for _ in range(epochs):
        if params.grad is not None:
            params.grad.zero_()
        loss = torch.nn.functional.mse_loss(params[0] * x + params[1], t)
        loss.backward()
        params.data.sub_(rate * params.grad.data)
        losses.append(loss.item())
    return losses


@alternative("autograd.grad, nothing accumulates")
def train_autograd(x, t, params, rate, epochs):
    losses = []
    for _ in range(epochs):
        loss = (line(x, *params) - t).square().mean()
        (gradient,) = torch.autograd.grad(loss, params)
        with torch.inference_mode():
            params.add_(gradient, alpha=-rate)
        losses.append(loss.detach().item())
    return losses


@alternative("an optimizer")
def train_autograd(x, t, params, rate, epochs):
    optimizer = torch.optim.SGD([params], lr=rate)
    losses = []
    for _ in range(epochs):
        loss = (line(x, *params) - t).square().mean()
        optimizer.zero_grad(set_to_none=False)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
