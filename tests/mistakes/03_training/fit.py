import math

import torch

from grader import mistake


@mistake("ML10", "Walks uphill", hint="The gradient says where the loss rises. Which way is downhill?")
def fit(x, t, params, rate, epochs):
    losses = []
    for _ in range(epochs):
        losses.append(mse(line(x, *params), t).item())
        params = params + rate * loss_gradient(x, t, params)
    return params, losses


@mistake("ML111", "Measures the loss after the step", hint="The loss of an epoch belongs to the parameters before its step; the first one to those at the start.")
def fit(x, t, params, rate, epochs):
    losses = []
    for _ in range(epochs):
        params = params - rate * loss_gradient(x, t, params)
        losses.append(mse(line(x, *params), t).item())
    return params, losses


@mistake("ML112", "Moves w first and then b with a new gradient", hint="Work out both slopes at one place, then move both parameters at once.")
def fit(x, t, params, rate, epochs):
    losses = []
    params = params.clone()
    for _ in range(epochs):
        losses.append(mse(line(x, *params), t).item())
        for i in range(2):
            params[i] -= rate * loss_gradient(x, t, params)[i]
    return params, losses


@mistake("ML113", "Changes the caller's parameters", hint="`params -= …` changes the tensor that you were given. Make a new one for each step.")
def fit(x, t, params, rate, epochs):
    losses = []
    for _ in range(epochs):
        losses.append(mse(line(x, *params), t).item())
        params -= rate * loss_gradient(x, t, params)
    return params, losses


@mistake("ML26b", "Lists tensors instead of numbers", hint="The losses were to be Python floats; take the number out.")
def fit(x, t, params, rate, epochs):
    losses = []
    for _ in range(epochs):
        losses.append(mse(line(x, *params), t))
        params = params - rate * loss_gradient(x, t, params)
    return params, losses


@mistake("ML114", "Uses the gradient of the start in every step", hint="The slope is another one at each new place. Work it out inside the loop.")
def fit(x, t, params, rate, epochs):
    losses = []
    gradient = loss_gradient(x, t, params)
    for _ in range(epochs):
        losses.append(mse(line(x, *params), t).item())
        params = params - rate * gradient
    return params, losses


@mistake("ML115", "Compares only the ends", hint="A comparison with NaN is always False. Ask every loss whether it is finite.")
def diverged(losses):
    return losses[-1] > losses[0]


@mistake("ML116", "Takes every rise for a divergence", hint="A loss may go up for a while. What counts is where it ends.")
def diverged(losses):
    return not all(map(math.isfinite, losses)) or any(b > a for a, b in zip(losses, losses[1:]))


@mistake("ML117", "Looks for infinity and overlooks NaN", hint="A NaN counts as well as an infinity, wherever in the list it stands, and no comparison finds it. `math.isfinite` tells both.")
def diverged(losses):
    return any(map(math.isinf, losses)) or losses[-1] > losses[0]


@mistake("ML354", "Looks for NaN and overlooks infinity in the middle", hint="Infinity is no finite loss either, wherever it stands. `isfinite` tells both.")
def diverged(losses):
    return any(map(math.isnan, losses)) or losses[-1] > losses[0]


@mistake("ML409", 'Stops when the loss is no longer finite', hint='One loss per epoch was asked for, also when a training diverges.')
def fit(x, t, params, rate, epochs):
    losses = []
    for _ in range(epochs):
        error = params[0] * x + params[1] - t
        losses.append((error**2).mean().item())
        if not math.isfinite(losses[-1]):
            break
        params = params - rate * torch.stack([(2 * error * x).mean(), (2 * error).mean()])
    return params, losses


@mistake("ML410", 'Adds the losses up to see whether they are finite', hint='A sum of finite numbers may be infinite. Look at each of them.')
def diverged(losses):
    return not math.isfinite(sum(losses)) or losses[-1] > losses[0]


@mistake("ML411", 'Looks at the losses in float32', hint="Python's floats reach to 1e308, `float32` to 3e38: beyond that a finite loss looks infinite.")
def diverged(losses):
    values = torch.tensor(losses)
    return bool(not values.isfinite().all() or values[-1] > values[0])


@mistake("ML438", 'Clips the gradient', hint='Plain steps were asked for, also where they are too long.')
def fit(x, t, params, rate, epochs):
    losses = []
    for _ in range(epochs):
        error = params[0] * x + params[1] - t
        losses.append((error**2).mean().item())
        gradient = torch.stack([(2 * error * x).mean(), (2 * error).mean()])
        if gradient.norm() > 1000:
            gradient = gradient * (1000 / gradient.norm())
        params = params - rate * gradient
    return params, losses


@mistake("ML439", 'Leaves the last step out', hint='The parameters that come back are those *after* the last step.')
def fit(x, t, params, rate, epochs):
    losses, current = [], params.clone()
    for epoch in range(epochs):
        error = current[0] * x + current[1] - t
        losses.append((error**2).mean().item())
        if epoch < epochs - 1 or epochs == 1:
            current = current - rate * torch.stack([(2 * error * x).mean(), (2 * error).mean()])
    return current, losses


@mistake("ML440", 'Wants the last loss to be lower than the first', hint='Only a *larger* last loss counts as diverged. A single loss is its own first and last.')
def diverged(losses):
    if any(math.isnan(loss) or math.isinf(loss) for loss in losses):
        return True
    return not losses[-1] < losses[0]


@mistake("ML441", 'Looks at the first and the last loss only', hint='NaN or infinity in the middle counts, too.')
def diverged(losses):
    return not (losses[-1] <= losses[0] < math.inf)


@mistake("MQ315", "Stops at the bottom", hint="How many losses are there when the parameters are the best ones from the start? There is one for each epoch.")
def fit(x, t, params, rate, epochs):
    losses = []
    for _ in range(epochs):
        losses.append(mse(line(x, *params), t).item())
        gradient = loss_gradient(x, t, params)
        if gradient.abs().max() < 1e-6:
            break
        params = params - rate * gradient
    return params, losses


@mistake("MQ325", "Takes a first loss of 0 for none", hint="0.0 counts as False. A training that begins at 0 and ends above has gone wrong.")
def diverged(losses):
    return not all(map(math.isfinite, losses)) or bool(losses[0] and losses[-1] > losses[0])
