import torch

from grader import alternative


@alternative("a helper for one layer")
def two_layer(x, w1, w2, b1, b2):
    def layer(inputs, w, b):
        return 1 / (1 + (-(torch.mm(inputs, w) + b)).exp())

    hidden = layer(x, w1, b1)
    return hidden, layer(hidden, w2, b2)
