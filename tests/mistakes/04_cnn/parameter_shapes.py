import torch
from torch import nn
import math

from grader import mistake


@mistake("MC14", "Puts the inputs first", hint="The first index of a weight picks a filter or a unit: outputs come first.")
def parameter_shapes(layers):
    shapes = []
    for kind, n, m, *k in layers:
        shapes += [(n, m, k[0], k[0]) if kind == "conv" else (n, m), (m,)]
    return shapes


@mistake("MC13", "Leaves out the biases", hint="Each layer has a bias, one number per output.")
def parameter_shapes(layers):
    return [(m, n, k[0], k[0]) if kind == "conv" else (m, n) for kind, n, m, *k in layers]


@mistake("MC13b", "Leaves out the depth of the filters", hint="A filter is as deep as its input: the weight has four axes.")
def parameter_shapes(layers):
    shapes = []
    for kind, n, m, *k in layers:
        shapes += [(m, k[0], k[0]) if kind == "conv" else (m, n), (m,)]
    return shapes


@mistake("MC260", "Gives a convolution a bias for each weight", hint="A filter has one bias for all of its positions and channels.")
def parameter_shapes(layers):
    shapes = []
    for kind, n, m, *k in layers:
        shapes += [(m, n, k[0], k[0]), (m, n)] if kind == "conv" else [(m, n), (m,)]
    return shapes


@mistake("MC261", "Lists all weights and then all biases", hint="Layer by layer: its weight, then its bias.")
def parameter_shapes(layers):
    weights = [(m, n, k[0], k[0]) if kind == "conv" else (m, n) for kind, n, m, *k in layers]
    return weights + [(m,) for _, _, m, *_ in layers]


@mistake("MC262", "Adds the sizes of a shape", hint="A tensor of shape (10, 60) holds 600 numbers, not 70.")
def total_numbers(shapes):
    return sum(sum(shape) for shape in shapes)


@mistake("MC263", "Multiplies over all shapes", hint="Multiply within a shape, add over the shapes.")
def total_numbers(shapes):
    return math.prod(math.prod(shape) for shape in shapes)


@mistake("MC264", "Takes a shape without axes for nothing", hint="A tensor with no axes holds one number.")
def total_numbers(shapes):
    return sum(math.prod(shape) for shape in shapes if shape)


@mistake("MC618", "Returns pairs of shapes", hint="One shape after the other in one list, weight, bias, weight, bias.")
def parameter_shapes(layers):
    return [
        ((layer[2], layer[1], layer[3], layer[3]), (layer[2],)) if layer[0] == "conv" else ((layer[2], layer[1]), (layer[2],))
        for layer in layers
    ]


@mistake("MC619", "Makes the layers to ask them", hint="That takes memory for all weights, and draws random numbers. The shapes follow from the numbers given.")
def parameter_shapes(layers):
    out = []
    for kind, *args in layers:
        layer = nn.Conv2d(*args) if kind == "conv" else nn.Linear(*args)
        out += [tuple(layer.weight.shape), tuple(layer.bias.shape)]
    return out


@mistake("MC620", "Multiplies the first two sizes only", hint="A filter has height and width, too: multiply all sizes of a shape.")
def total_numbers(shapes):
    total = 0
    for shape in shapes:
        total += shape[0] * shape[1] if len(shape) > 1 else shape[0]
    return total


@mistake("MC725", "Counts equal shapes once", hint="Two tensors of the same shape hold twice as many numbers; a set or a dict forgets one.")
def total_numbers(shapes):
    import math
    return sum(math.prod(s) for s in set(shapes))


@mistake("MC726", "Takes an axis of size 0 for one of size 1", hint="A tensor with an axis of size 0 holds no numbers at all.")
def total_numbers(shapes):
    import math
    return sum(math.prod(max(s, 1) for s in shape) for shape in shapes)


@mistake("MC872", "Multiplies in float32", hint="Above 16 million float32 does not hold every whole number. `math.prod` multiplies whole numbers exactly.")
def total_numbers(shapes):
    return sum(int(torch.tensor(shape, dtype=torch.float32).prod()) for shape in shapes)


@mistake("MC884", "Counts in floating point", hint="`torch.Tensor(...)` is float32, in which not every whole number has a place. Python's ints are exact, however large.")
def total_numbers(shapes):
    return int(sum(torch.Tensor(shape).prod() for shape in shapes))


@mistake("MC885", "Multiplies in float64", hint="Above 2 to the power of 53 not every whole number has a place in float64. Python's ints are exact, however large.")
def total_numbers(shapes):
    import numpy as np

    return sum(int(np.prod(shape, dtype=float)) for shape in shapes)
