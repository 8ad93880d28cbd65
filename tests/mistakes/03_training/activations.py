import torch
from torch import nn

from grader import mistake


@mistake("ML168", "Divides infinity by infinity in tanh", hint="For large x both powers of the formula are infinite. Use a form with negative exponents only, or `torch.tanh`.")
def activations(x):
    up, down = torch.exp(x), torch.exp(-x)
    return {
        "relu": x.clamp(min=0),
        "leaky_relu": torch.where(x > 0, x, 0.01 * x),
        "hardtanh": x.clamp(-1, 1),
        "sigmoid": torch.sigmoid(x),
        "tanh": (up - down) / (up + down),
        "softplus": x.clamp(min=0) + torch.log1p(torch.exp(-x.abs())),
    }


@mistake("ML169", "Lets softplus overflow", hint="The logarithm of infinity is infinity. Draw the larger one of 0 and x out of the logarithm first.")
def activations(x):
    return {
        "relu": x.clamp(min=0),
        "leaky_relu": torch.where(x > 0, x, 0.01 * x),
        "hardtanh": x.clamp(-1, 1),
        "sigmoid": torch.sigmoid(x),
        "tanh": torch.tanh(x),
        "softplus": torch.log(1 + torch.exp(x)),
    }


@mistake("ML170", "Divides infinity by infinity in the sigmoid", hint="eˣ / (1 + eˣ) is NaN for large x. Divide above and below by eˣ.")
def activations(x):
    up = torch.exp(x)
    return {
        "relu": x.clamp(min=0),
        "leaky_relu": torch.where(x > 0, x, 0.01 * x),
        "hardtanh": x.clamp(-1, 1),
        "sigmoid": up / (1 + up),
        "tanh": torch.tanh(x),
        "softplus": x.clamp(min=0) + torch.log1p(torch.exp(-x.abs())),
    }


@mistake("ML171", "Cuts hardtanh off at zero", hint="Its range goes from -1 to 1.")
def activations(x):
    return {
        "relu": x.clamp(min=0),
        "leaky_relu": torch.where(x > 0, x, 0.01 * x),
        "hardtanh": x.clamp(0, 1),
        "sigmoid": torch.sigmoid(x),
        "tanh": torch.tanh(x),
        "softplus": x.clamp(min=0) + torch.log1p(torch.exp(-x.abs())),
    }


@mistake("ML172", "Gives the leaky ReLU another slope", hint="Left of zero its slope is 0.01.")
def activations(x):
    return {
        "relu": x.clamp(min=0),
        "leaky_relu": torch.where(x > 0, x, 0.1 * x),
        "hardtanh": x.clamp(-1, 1),
        "sigmoid": torch.sigmoid(x),
        "tanh": torch.tanh(x),
        "softplus": x.clamp(min=0) + torch.log1p(torch.exp(-x.abs())),
    }


@mistake("ML344", "Changes its inputs", hint="A method whose name ends with an underscore changes the tensor itself. Six functions of the *same* inputs were asked for.")
def activations(x):
    result = {
        "leaky_relu": torch.where(x > 0, x, 0.01 * x),
        "hardtanh": x.clamp(-1, 1),
        "sigmoid": torch.sigmoid(x),
        "tanh": torch.tanh(x),
        "softplus": torch.nn.functional.softplus(x),
    }
    return {"relu": x.clamp_(min=0), **result}


@mistake("ML358", "Has a sigmoid whose slope is NaN far out", hint="The values of 1 / (1 + e⁻ˣ) are right, but on the way back infinity meets zero. What does `torch.sigmoid` give there?")
def activations(x):
    return {
        "relu": x.clamp(min=0),
        "leaky_relu": torch.where(x > 0, x, 0.01 * x),
        "hardtanh": x.clamp(-1, 1),
        "sigmoid": 1 / (1 + torch.exp(-x)),
        "tanh": torch.tanh(x),
        "softplus": x.clamp(min=0) + torch.log1p(torch.exp(-x.abs())),
    }


@mistake("ML359", "Picks the softplus by `where`, whose slope is NaN far out", hint="`where` picks the right value, but the gradient also goes through the branch that was not picked, and there infinity meets zero.")
def activations(x):
    return {
        "relu": x.clamp(min=0),
        "leaky_relu": torch.where(x > 0, x, 0.01 * x),
        "hardtanh": x.clamp(-1, 1),
        "sigmoid": torch.sigmoid(x),
        "tanh": torch.tanh(x),
        "softplus": torch.where(x > 20, x, torch.log1p(torch.exp(x))),
    }


@mistake("ML474", 'Clamps its inputs first', hint='`relu` of 400 is 400. Clamp only what goes into a power, if at all.')
def activations(x):
    x = x.clamp(-80, 80)
    down, up = torch.exp(-x), torch.exp(x)
    return {
        "relu": torch.where(x > 0, x, 0.0),
        "leaky_relu": torch.where(x > 0, x, 0.01 * x),
        "hardtanh": x.clamp(-1, 1),
        "sigmoid": 1 / (1 + down),
        "tanh": torch.tanh(x),
        "softplus": torch.log1p(up),
    }


@mistake("ML475", 'Has a tanh that is right on one side only', hint='For very negative x the power e⁻²ˣ is infinite, and infinity is divided by infinity. `torch.tanh` knows both sides.')
def activations(x):
    F = nn.functional
    return {
        "relu": torch.relu(x),
        "leaky_relu": F.leaky_relu(x, 0.01),
        "hardtanh": F.hardtanh(x),
        "sigmoid": torch.sigmoid(x),
        "tanh": (1 - torch.exp(-2 * x)) / (1 + torch.exp(-2 * x)),
        "softplus": F.softplus(x),
    }


@mistake("ML476", 'Picks the sigmoid by `where`, whose slope is NaN far out', hint='The gradient also goes through the branch that was not picked. `torch.sigmoid` has done this work.')
def activations(x):
    F = nn.functional
    return {
        "relu": torch.relu(x),
        "leaky_relu": F.leaky_relu(x, 0.01),
        "hardtanh": F.hardtanh(x),
        "sigmoid": torch.where(x >= 0, 1 / (1 + torch.exp(-x)), torch.exp(x) / (1 + torch.exp(x))),
        "tanh": torch.tanh(x),
        "softplus": F.softplus(x),
    }


@mistake("MQ308", "Rounds small softplus values to 0", hint=("Look at softplus far left of 0, at -17.", "1 + 4e-8 is 1 in float32, and its logarithm 0. `torch.log1p` is for such numbers."))
def activations(x):
    return {
        "relu": x.clamp(min=0),
        "leaky_relu": torch.where(x > 0, x, 0.01 * x),
        "hardtanh": x.clamp(-1, 1),
        "sigmoid": torch.sigmoid(x),
        "tanh": torch.tanh(x),
        "softplus": x.clamp(min=0) + torch.log(1 + torch.exp(-x.abs())),
    }


@mistake("MQ309", "Rounds small sigmoid values to 0", hint="Where tanh is rounded to -1, 1 + tanh is 0, and the digits of the sigmoid are lost. `torch.sigmoid` keeps them.")
def activations(x):
    return {
        "relu": x.clamp(min=0),
        "leaky_relu": torch.where(x > 0, x, 0.01 * x),
        "hardtanh": x.clamp(-1, 1),
        "sigmoid": (1 + torch.tanh(x / 2)) / 2,
        "tanh": torch.tanh(x),
        "softplus": x.clamp(min=0) + torch.log1p(torch.exp(-x.abs())),
    }
