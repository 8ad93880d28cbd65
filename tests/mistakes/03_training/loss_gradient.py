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
