import math
from functools import reduce

from grader import alternative


@alternative("a loop and math.prod")
def param_table(model):
    table = {}
    for name, p in model.named_parameters():
        table[name] = (tuple(p.size()), math.prod(p.size()))
    return table


@alternative("get_parameter")
def get_param(model, name):
    return model.get_parameter(name)


@alternative("reduce")
def get_param(model, name):
    return reduce(getattr, name.split("."), model)


@alternative("a dict, and the right error")
def get_param(model, name):
    for own, p in model.named_parameters():
        if own == name:
            return p
    raise AttributeError(name)
