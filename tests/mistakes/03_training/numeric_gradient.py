import torch

from grader import mistake


@mistake("ML16", "Divides by delta instead of twice delta", hint="How far apart are the two places at which you evaluate?")
def numeric_gradient(f, params, delta):
    slopes = []
    for i in range(len(params)):
        shift = torch.zeros_like(params)
        shift[i] = delta
        slopes.append((f(params + shift) - f(params - shift)) / delta)
    return torch.stack(slopes)


@mistake("ML104", "Looks to one side only", hint="The difference between here and one step ahead is lopsided. Go to both sides.")
def numeric_gradient(f, params, delta):
    slopes = []
    for i in range(len(params)):
        shift = torch.zeros_like(params)
        shift[i] = delta
        slopes.append((f(params + shift) - f(params)) / delta)
    return torch.stack(slopes)


@mistake("ML17", "Moves the caller's parameters", hint="A parameter that was moved in place must be put back before the next one is tried, or work on copies.")
def numeric_gradient(f, params, delta):
    slopes = []
    for i in range(len(params)):
        params[i] += delta
        up = f(params)
        params[i] -= 2 * delta
        slopes.append((up - f(params)) / (2 * delta))
    return torch.stack(slopes)


@mistake("ML105", "Moves all parameters at once", hint="For the slope along one parameter all others must stand still.")
def numeric_gradient(f, params, delta):
    slope = (f(params + delta) - f(params - delta)) / (2 * delta)
    return torch.stack([slope] * len(params))


@mistake("ML106", "Gives the exact slope instead of the difference", hint="Here the quotient for the given delta was asked for, which is only near the exact slope.")
def numeric_gradient(f, params, delta):
    leaf = params.clone().requires_grad_()
    f(leaf).backward()
    return leaf.grad


@mistake("ML433", "Moves the caller's parameters and moves them back", hint='They must stay as they are, and adding and subtracting leaves rounding behind. Move a copy.')
def numeric_gradient(f, params, delta):
    gradient = torch.zeros_like(params)
    for i in range(len(params)):
        params[i] += delta
        up = f(params).item()
        params[i] -= 2 * delta
        down = f(params).item()
        params[i] += delta
        gradient[i] = (up - down) / (2 * delta)
    return gradient


@mistake("ML434", 'Scales the distance with the parameter', hint='Go `delta` to either side, whatever the parameter is.')
def numeric_gradient(f, params, delta):
    slopes = torch.empty_like(params)
    for i, value in enumerate(params.tolist()):
        h = delta * max(1.0, abs(value))
        up, down = params.clone(), params.clone()
        up[i], down[i] = value + h, value - h
        slopes[i] = (f(up) - f(down)) / (2 * h)
    return slopes


@mistake("ML564", "Never moves a parameter back", hint="From the second slope on, the parameters before it are still shifted. Begin anew from `params` for each of them.")
def numeric_gradient(f, params, delta):
    right, left, slopes = params.clone(), params.clone(), []
    for i in range(len(params)):
        right[i] += delta
        left[i] -= delta
        slopes.append((f(right) - f(left)) / (2 * delta))
    return torch.stack(slopes)


@mistake("MQ312", "Moves the place at which f was asked before its value is used", hint=("Try a function that returns a view, such as `lambda p: p[0]`.", "What it returned changes with the tensor that you gave it. Give f a tensor of its own for each place."))
def numeric_gradient(f, params, delta):
    moved, slopes = params.clone(), torch.zeros_like(params)
    for i in range(len(params)):
        moved[i] = params[i] + delta
        above = f(moved)
        moved[i] = params[i] - delta
        below = f(moved)
        moved[i] = params[i]
        slopes[i] = (above - below) / (2 * delta)
    return slopes
