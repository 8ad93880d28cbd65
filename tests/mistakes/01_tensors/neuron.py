import torch

from grader import mistake


@mistake("MT155", "Leaves the activation out", hint="y is the sigmoid of z, not z itself.")
def neuron(features, weights, bias):
    z = features @ weights.T + bias
    return z, z


@mistake("MT156", "Forgets the bias", hint="z is the weighted sum plus the bias.")
def neuron(features, weights, bias):
    z = features @ weights.T
    return z, torch.sigmoid(z)


@mistake("MT157", "Adds the bias after the activation", hint="The bias belongs to z, before the sigmoid.")
def neuron(features, weights, bias):
    z = features @ weights.T
    return z + bias, torch.sigmoid(z) + bias


@mistake("MT158", "Returns numbers without axes", hint="`sum()` reduces to a scalar; both results were to have the shape (1, 1).")
def neuron(features, weights, bias):
    z = (features * weights).sum() + bias.squeeze()
    return z, torch.sigmoid(z)


@mistake("MT159", "Adds the bias to every product", hint="The bias is added once to the sum, not once per feature.")
def neuron(features, weights, bias):
    z = (features * weights + bias).sum().view(1, 1)
    return z, torch.sigmoid(z)


@mistake("MT329", "Sums up in the caller's bias", hint="`+=` changes the tensor in place, and the bias is the caller's. Write `z = … + bias`.")
def neuron(features, weights, bias):
    bias += features @ weights.T
    return bias, bias.sigmoid()


@mistake("MT330", "Puts the sigmoid in the place of z", hint="`sigmoid_` overwrites z, which is to be returned as it was.")
def neuron(features, weights, bias):
    z = torch.mm(features, weights.t()) + bias
    y = z.sigmoid_()
    return z, y


@mistake("MT437", 'Divides infinity by infinity', hint='For large z, e to the z is infinite, and so is what it is divided by. In `1 / (1 + e⁻ᶻ)` nothing goes wrong; nor in `torch.sigmoid`.')
def neuron(features, weights, bias):
    z = (features * weights).sum(1, keepdim=True) + bias
    return z, z.exp() / (1 + z.exp())


@mistake("MT485", 'Adds the bias for the sigmoid only', hint='z itself is the weighted sum with the bias.')
def neuron(features, weights, bias):
    z = torch.mm(features, weights.T)
    return z, torch.sigmoid(z + bias)
