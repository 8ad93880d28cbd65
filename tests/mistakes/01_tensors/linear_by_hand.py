import torch

from grader import mistake


@mistake("MT152", "Does not transpose the weight", hint="The weight has the shape (outputs, inputs); x has (N, inputs).")
def linear_by_hand(x, weight, bias):
    return x @ weight + bias


@mistake("MT153", "Forgets the bias", hint="What else is added to the product?")
def linear_by_hand(x, weight, bias):
    return x @ weight.T


@mistake("MT154", "Reshapes the weight to make the sizes match", hint="A reshaped weight has the right size and the wrong rows. Transpose it.")
def linear_by_hand(x, weight, bias):
    return x @ weight.reshape(weight.shape[1], weight.shape[0]) + bias


@mistake("MT328", "Adds into the caller's bias", hint="A trailing underscore changes the tensor: the bias is not yours to change.")
def linear_by_hand(x, weight, bias):
    out = bias.expand(x.shape[0], -1) if x.shape[0] == 1 else bias.repeat(x.shape[0], 1)
    return out.addmm_(x, weight.T)


@mistake("MT483", 'Leaves a square weight as it is', hint='A square weight has the shape (outputs, inputs) as well, and is transposed like any other.')
def linear_by_hand(x, weight, bias):
    if x.shape[1] == weight.shape[0]:
        return x @ weight + bias
    return x @ weight.T + bias


@mistake("MT484", 'Adds the bias to the inputs where it fits', hint='The bias has one number per output, and is added after the product, also where there are as many inputs.')
def linear_by_hand(x, weight, bias):
    if bias.shape[0] == x.shape[1]:
        return (x + bias) @ weight.T
    return x @ weight.T + bias


@mistake("MT540", "Makes a layer in float32, whatever the inputs are", hint="A layer keeps its own dtype when numbers are copied into it. Tell it the dtype when it is made, or multiply by hand.")
def linear_by_hand(x, weight, bias):
    layer = torch.nn.Linear(x.shape[1], len(bias))
    with torch.no_grad():
        layer.weight.copy_(weight)
        layer.bias.copy_(bias)
        return layer(x)
