import torch

from grader import mistake


@mistake("ML107", "Leaves out the 2 of the square", hint="The derivative of e² is 2e.")
def loss_gradient(x, t, params):
    slope = (params[0] * x + params[1] - t) / len(x)
    return torch.stack([(slope * x).sum(), slope.sum()])


@mistake("ML62b", "Adds up without dividing by the number of points", hint=(
    "The loss is a mean, and so is its gradient.",
    "Follow the 1/N of the mean squared error through the derivative.",
    "Whatever you add up over the points has to be averaged over them.",
))
def loss_gradient(x, t, params):
    slope = 2 * (params[0] * x + params[1] - t)
    return torch.stack([(slope * x).sum(), slope.sum()])


@mistake("ML108", "Forgets the derivative of the prediction by w", hint="The chain has a second link: how does the prediction change with w?")
def loss_gradient(x, t, params):
    slope = 2 * (params[0] * x + params[1] - t) / len(x)
    return torch.stack([slope.sum(), slope.sum()])


@mistake("ML109", "Has the sign reversed", hint="The difference is prediction minus target, not the other way round.")
def loss_gradient(x, t, params):
    slope = 2 * (t - params[0] * x - params[1]) / len(x)
    return torch.stack([(slope * x).sum(), slope.sum()])


@mistake("ML110", "Gives the two derivatives in the wrong order", hint="First w, then b, as in `params`.")
def loss_gradient(x, t, params):
    slope = 2 * (params[0] * x + params[1] - t) / len(x)
    return torch.stack([slope.sum(), (slope * x).sum()])


@mistake("ML435", 'Averages along w and adds up along b', hint='Both derivatives are those of a mean: divide both by N.')
def loss_gradient(x, t, params):
    w, b = params
    error = w * x + b - t
    return torch.stack([2 * (error * x).mean(), 2 * error.sum()])


@mistake("ML436", 'Multiplies the mean error by the mean input', hint='Each error belongs to its own input: multiply first, then average.')
def loss_gradient(x, t, params):
    w, b = params
    slope_b = (2 * (w * x + b - t)).mean()
    return torch.stack([slope_b * x.mean(), slope_b])


@mistake("ML437", 'Takes differences instead of derivatives', hint='Differences over a short distance lose digits. Here the formula by the chain rule was asked for.')
def loss_gradient(x, t, params):
    def loss(w, b):
        return ((w * x + b - t) ** 2).mean()
    (w, b), h = params, 1e-5
    return torch.stack([(loss(w + h, b) - loss(w - h, b)) / (2 * h), (loss(w, b + h) - loss(w, b - h)) / (2 * h)])


@mistake("ML562", "Leaves out the factor 2 / N", hint="The 2 comes from the square and the 1 / N from the mean. Write the loss of three points down, and differentiate it.")
def loss_gradient(x, t, params):
    error = params[0] * x + params[1] - t
    return torch.stack([(error * x).sum(), error.sum()])


@mistake("ML563", "Leaves the caller's parameters requiring gradients", hint="`requires_grad_()` changes the tensor that you were given, and for good. Take a copy, or the formula.")
def loss_gradient(x, t, params):
    params.requires_grad_()
    return torch.autograd.grad(((line(x, *params) - t) ** 2).mean(), params)[0]
