import torch
from torch import nn

from grader import mistake


@mistake("ML01b", "Lets the gradients add up", hint=(
    "`backward` adds to `.grad`: each round steps along the sum of all rounds so far.",
    "Look at what a round does before `backward`.",
    "The gradients have to be cleared once in every round. A method without its brackets is only named, not called.",
))
def train(f, params, make_optimizer, x, t, epochs):
    optimizer = make_optimizer(params)
    losses = []
    for _ in range(epochs):
        loss = ((f(x, *params) - t) ** 2).mean()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


@mistake("ML02b", "Clears the gradients before the step", hint=(
    "The step has nothing to go by: the gradients are gone when it comes.",
    "Look at the order of the three calls in a round.",
    "Clear before `backward`, or after the step, but not between the two.",
))
def train(f, params, make_optimizer, x, t, epochs):
    optimizer = make_optimizer(params)
    losses = []
    for _ in range(epochs):
        loss = ((f(x, *params) - t) ** 2).mean()
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        losses.append(loss.item())
    return losses


@mistake("ML04", "Never makes a step", hint="Naming a method does not call it. Is `step` there, with its brackets?")
def train(f, params, make_optimizer, x, t, epochs):
    optimizer = make_optimizer(params)
    losses = []
    for _ in range(epochs):
        loss = ((f(x, *params) - t) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step
        losses.append(loss.item())
    return losses


@mistake("ML31", "Makes a new optimizer in every round", hint="Its memory must survive the steps. Make it once, before the loop.")
def train(f, params, make_optimizer, x, t, epochs):
    losses = []
    for _ in range(epochs):
        optimizer = make_optimizer(params)
        loss = ((f(x, *params) - t) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


@mistake("ML32", "Trains copies of the parameters", hint=(
    "The optimizer moves tensors that the model does not use.",
    "Look at what you hand to `make_optimizer`, and at what the loss is computed from.",
    "Give both the same tensors: the ones that were passed, not copies of them.",
))
def train(f, params, make_optimizer, x, t, epochs):
    params = [p.detach().clone().requires_grad_() for p in params]
    optimizer = make_optimizer(params)
    losses = []
    for _ in range(epochs):
        loss = ((f(x, *params) - t) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


@mistake("ML62c", "Adds up the squares instead of averaging", hint="With a sum the steps grow with the number of samples. Take the mean.")
def train(f, params, make_optimizer, x, t, epochs):
    optimizer = make_optimizer(params)
    losses = []
    for _ in range(epochs):
        loss = ((f(x, *params) - t) ** 2).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


@mistake("ML155", "Lists tensors instead of numbers", hint="A list of loss tensors keeps every graph alive. Take the numbers out.")
def train(f, params, make_optimizer, x, t, epochs):
    optimizer = make_optimizer(params)
    losses = []
    for _ in range(epochs):
        loss = ((f(x, *params) - t) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss)
    return losses


@mistake("ML156", "Squares the product", hint="Only x is squared, not w2.")
def parabola(x, w2, w1, b):
    return (w2 * x) ** 2 + w1 * x + b


@mistake("ML392", "Cuts the coefficients of the parabola off", hint="`item()` makes numbers without a past of them, and no gradient gets back through `torch.tensor`. Use the tensors themselves.")
def parabola(x, w2, w1, b):
    coefficients = torch.tensor([w2.item(), w1.item(), b.item()], dtype=x.dtype)
    return coefficients[0] * x**2 + coefficients[1] * x + coefficients[2]


@mistake("ML464", 'Leaves the step out when the loss went up', hint='One step per epoch, whatever the loss does.')
def train(f, params, make_optimizer, x, t, epochs):
    optimizer, losses = make_optimizer(params), []
    for _ in range(epochs):
        loss = ((f(x, *params) - t) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        if not losses or loss.item() <= losses[-1]:
            optimizer.step()
        losses.append(loss.item())
    return losses


@mistake("ML465", 'Makes the optimizer a second time half way', hint='Its memory must survive all steps. Make it once, before the loop.')
def train(f, params, make_optimizer, x, t, epochs):
    losses = []
    for epoch in range(epochs):
        if epoch in (0, epochs // 2):
            optimizer = make_optimizer(params)
        loss = ((f(x, *params) - t) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


@mistake("ML466", 'Clips the gradients', hint='The optimizer gets the gradients as `backward` leaves them.')
def train(f, params, make_optimizer, x, t, epochs):
    optimizer, losses = make_optimizer(params), []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = (f(x, *params) - t).square().mean()
        loss.backward()
        nn.utils.clip_grad_norm_(params, 1.0)
        optimizer.step()
        losses.append(loss.item())
    return losses


@mistake("ML549", "Ends when the loss is no longer finite", hint="One step and one loss per epoch were asked for, also when a training diverges.")
def train(f, params, make_optimizer, x, t, epochs):
    optimizer, losses = make_optimizer(params), []
    for _ in range(epochs):
        loss = nn.functional.mse_loss(f(x, *params), t)
        if not loss.isfinite():
            break
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


@mistake("ML550", "Ends at the first loss that is NaN", hint="One step and one loss per epoch were asked for, also when the loss has become NaN.")
def train(f, params, make_optimizer, x, t, epochs):
    optimizer, losses = make_optimizer(params), []
    for _ in range(epochs):
        loss = nn.functional.mse_loss(f(x, *params), t)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        if losses[-1] != losses[-1]:
            break
    return losses


@mistake("MQ317", "Stops when the loss no longer falls", hint="How many losses are there when the loss is 0 from the start? There is one for each epoch.")
def train(f, params, make_optimizer, x, t, epochs):
    optimizer = make_optimizer(params)
    losses = []
    for _ in range(epochs):
        loss = ((f(x, *params) - t) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        if len(losses) > 1 and losses[-1] == losses[-2]:
            break
    return losses


@mistake("ML620", "Hands the optimizer a closure", hint="`step()` is to be called without arguments: not every optimizer takes a closure, or calls it.")
def train(f, params, make_optimizer, x, t, epochs):
    optimizer = make_optimizer(params)
    losses = []

    def closure():
        optimizer.zero_grad()
        loss = ((f(x, *params) - t) ** 2).mean()
        loss.backward()
        losses.append(loss.item())
        return loss

    for _ in range(epochs):
        optimizer.step(closure)
    return losses
