import math

from grader import alternative


@alternative("from the last layer back to the first")
def receptive_field(layers):
    field = 1
    for k, stride in reversed(layers):
        field = (field - 1) * stride + k
    return field


@alternative("a sum with products")
def receptive_field(layers):
    strides = [s for _, s in layers]
    return 1 + sum((k - 1) * math.prod(strides[:i]) for i, (k, _) in enumerate(layers))
