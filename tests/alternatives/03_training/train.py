import torch

from grader import alternative


@alternative("zero_grad after the step, filling with zeros")
def train(f, params, make_optimizer, x, t, epochs):
    optimizer = make_optimizer(params)
    losses = []
    for _ in range(epochs):
        loss = torch.nn.MSELoss()(f(x, *params), t)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=False)
        losses.append(float(loss))
    return losses


@alternative("zero_grad at the start of the round")
def train(f, params, make_optimizer, x, t, epochs):
    losses, optimizer = [], make_optimizer(params)
    while len(losses) < epochs:
        optimizer.zero_grad()
        loss = (f(x, *params) - t).pow(2).mean()
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses


@alternative("gradients cleared by hand")
def train(f, params, make_optimizer, x, t, epochs):
    optimizer = make_optimizer(params)
    losses = []
    for _ in range(epochs):
        for p in params:
            p.grad = None
        loss = (f(x, *params) - t).square().mean()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach().item())
    return losses


@alternative("Horner's rule")
def parabola(x, w2, w1, b):
    return (w2 * x + w1) * x + b
