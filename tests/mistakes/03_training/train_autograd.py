import torch
from torch import nn

from grader import mistake


@mistake("ML01", "Lets the gradients add up", hint="`backward` adds to `.grad`. See to it that nothing old is left before you call it.")
def train_autograd(x, t, params, rate, epochs):
    losses = []
    for _ in range(epochs):
        loss = ((params[0] * x + params[1] - t) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            params -= rate * params.grad
        losses.append(loss.item())
    return losses


@mistake("ML02", "Clears the gradient before it is used", hint="Between `backward` and the step the gradient must stay as it is.")
def train_autograd(x, t, params, rate, epochs):
    losses = []
    for _ in range(epochs):
        loss = ((params[0] * x + params[1] - t) ** 2).mean()
        loss.backward()
        params.grad.zero_()
        with torch.no_grad():
            params -= rate * params.grad
        losses.append(loss.item())
    return losses


@mistake("ML07", "Lets autograd watch the step", hint="A leaf must not be changed in place while operations are recorded. Hide the step under `no_grad`.")
def train_autograd(x, t, params, rate, epochs):
    losses = []
    for _ in range(epochs):
        params.grad = None
        loss = ((params[0] * x + params[1] - t) ** 2).mean()
        loss.backward()
        params -= rate * params.grad
        losses.append(loss.item())
    return losses


@mistake("ML08", "Trains a copy and not the caller's parameters", hint="The caller's tensor has not moved: a copy was trained, or, with `params = params - …`, a new tensor. Keep the tensor and change its contents.")
def train_autograd(x, t, params, rate, epochs):
    losses = []
    for _ in range(epochs):
        loss = ((params[0] * x + params[1] - t) ** 2).mean()
        loss.backward()
        params = (params - rate * params.grad).detach().requires_grad_()
        losses.append(loss.item())
    return losses


@mistake("ML10b", "Walks uphill", hint="The gradient says where the loss rises. Which way is downhill?")
def train_autograd(x, t, params, rate, epochs):
    losses = []
    for _ in range(epochs):
        params.grad = None
        loss = ((params[0] * x + params[1] - t) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            params += rate * params.grad
        losses.append(loss.item())
    return losses


@mistake("ML137", "Lists tensors instead of numbers", hint="A list of loss tensors keeps every graph alive. Take the numbers out.")
def train_autograd(x, t, params, rate, epochs):
    losses = []
    for _ in range(epochs):
        params.grad = None
        loss = ((params[0] * x + params[1] - t) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            params -= rate * params.grad
        losses.append(loss.detach())
    return losses


@mistake("ML138", "Switches the gradient of the parameters off", hint="Somebody may want to go on training: afterwards the parameters must still require gradients.")
def train_autograd(x, t, params, rate, epochs):
    losses = []
    for _ in range(epochs):
        params.requires_grad_(True)
        params.grad = None
        loss = ((params[0] * x + params[1] - t) ** 2).mean()
        loss.backward()
        params.requires_grad_(False)
        params -= rate * params.grad
        losses.append(loss.item())
    return losses


@mistake("ML453", 'Stops when the loss hardly changes', hint='As many steps as `epochs` were asked for, and a loss for each.')
def train_autograd(x, t, params, rate, epochs):
    losses = []
    for _ in range(epochs):
        loss = ((line(x, *params) - t) ** 2).mean()
        if losses and abs(losses[-1] - loss.item()) < 1e-3:
            break
        losses.append(loss.item())
        params.grad = None
        loss.backward()
        with torch.no_grad():
            params.sub_(rate * params.grad)
    return losses


@mistake("ML454", 'Clears the gradient in every second epoch only', hint='Before each `backward` nothing old may be left.')
def train_autograd(x, t, params, rate, epochs):
    losses = []
    for epoch in range(epochs):
        if epoch % 2 == 0:
            params.grad = None
        loss = ((line(x, *params) - t) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            params -= rate * params.grad
        losses.append(loss.item())
    return losses


@mistake("ML455", 'Steps with momentum', hint='Plain gradient descent was asked for: rate times gradient.')
def train_autograd(x, t, params, rate, epochs):
    optimizer, losses = torch.optim.SGD([params], lr=rate, momentum=0.9), []
    for _ in range(epochs):
        loss = nn.functional.mse_loss(line(x, *params), t)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


@mistake("ML551", "Ends when the loss is no longer finite", hint="As many steps and losses as `epochs` were asked for, also when a training diverges.")
def train_autograd(x, t, params, rate, epochs):
    losses = []
    for _ in range(epochs):
        loss = nn.functional.mse_loss(line(x, *params), t)
        if not loss.isfinite():
            break
        losses.append(loss.item())
        params.grad = None
        loss.backward()
        with torch.no_grad():
            params.sub_(rate * params.grad)
    return losses


@mistake("MQ316", "Stops where the gradient is small", hint="How many losses are there when the parameters are the best ones from the start? There is one for each epoch.")
def train_autograd(x, t, params, rate, epochs):
    losses = []
    for _ in range(epochs):
        loss = ((line(x, *params) - t) ** 2).mean()
        losses.append(loss.item())
        (gradient,) = torch.autograd.grad(loss, params)
        if gradient.abs().max() < 1e-6:
            break
        with torch.no_grad():
            params -= rate * gradient
    return losses
