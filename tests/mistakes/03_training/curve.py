import torch

from grader import mistake


@mistake("ML58", "Asks a result with a history for its array", hint="`.numpy()` refuses a tensor that requires gradients. Cut it off first.")
def curve(params, xs):
    return (params[0] * xs + params[1]).numpy()


@mistake("ML139", "Returns a tensor", hint="A NumPy array was asked for; after `detach` one more step is needed.")
def curve(params, xs):
    return (params[0] * xs + params[1]).detach()


@mistake("ML140", "Switches the gradients of the parameters off", hint="Afterwards they no longer require gradients, and their training has ended. Detach the result, not the parameters.")
def curve(params, xs):
    params.requires_grad_(False)
    return (params[0] * xs + params[1]).numpy()


@mistake("ML141", "Returns a list", hint="`tolist` gives Python numbers; an array was asked for.")
def curve(params, xs):
    return (params[0] * xs + params[1]).tolist()


@mistake("ML406", 'Drops the axis where there is a single place', hint='`squeeze()` without an axis makes a number of a single prediction. Shape (1,) was asked for.')
def curve(params, xs):
    design = torch.stack([xs, torch.ones_like(xs)], dim=1)
    return (design @ params.detach()[:, None]).squeeze().numpy()
