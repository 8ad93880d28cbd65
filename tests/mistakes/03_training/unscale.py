import torch

from grader import mistake


@mistake("ML13", "Forgets that the mean was subtracted", hint="The inputs were divided and shifted. The shift ends up in b.")
def unscale(params, mean, std):
    return torch.stack([params[0] / std, params[1]])


@mistake("ML118", "Multiplies by the spread", hint="Put (x - mean) / std into w·z + b and sort by x: what stands before x?")
def unscale(params, mean, std):
    return torch.stack([params[0] * std, params[1] - params[0] * std * mean])


@mistake("ML119", "Adds the shift", hint="The mean is subtracted inside the bracket; keep its sign when you multiply out.")
def unscale(params, mean, std):
    return torch.stack([params[0] / std, params[1] + params[0] * mean / std])


@mistake("ML120", "Shifts by the mean without dividing it", hint=(
    "The mean is not divided by the deviation.",
    "Write (x − mean) / std in the place of x, and multiply out.",
    "The mean stands inside the bracket, so what goes to b has both: it is multiplied by w and divided by std.",
))
def unscale(params, mean, std):
    return torch.stack([params[0] / std, params[1] - params[0] * mean])


@mistake("ML121", "Changes the caller's parameters", hint="Writing into `params` changes the tensor that you were given.")
def unscale(params, mean, std):
    params[1] -= params[0] * mean / std
    params[0] /= std
    return params


@mistake("ML442", 'Uses the new w in the place of the old one', hint='The shift is w · mean / std with the *old* w. Yours is divided by std twice.')
def unscale(params, mean, std):
    raw = params.clone()
    raw[0] = raw[0] / std
    raw[1] = raw[1] - raw[0] * mean / std
    return raw


@mistake("ML443", "Divides the caller's w in place", hint='`w, b = params` gives views: `w /= std` changes the tensor that you were given.')
def unscale(params, mean, std):
    w, b = params
    w /= std
    return torch.stack([w, b - w * mean])


@mistake("ML444", 'Translates the other way', hint='From z to x was asked: put (x - mean) / std in the place of z and sort by x.')
def unscale(params, mean, std):
    w, b = params
    return torch.stack([w * std, b + w * mean])


@mistake("ML565", "Makes float32 of everything", hint="`torch.tensor` makes float32 of Python's floats. The result has the dtype of `params`.")
def unscale(params, mean, std):
    w, b = params.tolist()
    return torch.tensor([w / std, b - w * mean / std])
