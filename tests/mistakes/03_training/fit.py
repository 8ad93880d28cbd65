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
