import torch
from torch import nn

from grader import alternative


@alternative("sends an empty picture through real layers")
def layer_plan(shape, convs, hidden, classes):
    x = torch.empty(1, *shape, device="meta")
    plan = []
    for filters, k in convs:
        plan.append(("conv", x.shape[1], filters, k))
        x = nn.functional.max_pool2d(nn.Conv2d(x.shape[1], filters, k, device="meta")(x), 2)
    features = x[0].numel()
    for units in [*hidden, classes]:
        plan.append(("linear", features, units))
        features = units
    return plan


@alternative("pops from the front")
def layer_plan(shape, convs, hidden, classes):
    c, h, w = shape
    convs = list(convs)
    plan = []
    while convs:
        filters, k = convs.pop(0)
        plan += [("conv", c, filters, k)]
        h, w = [int((n - k + 1) / 2) for n in (h, w)]
        c = filters
    widths = [c * h * w] + list(hidden) + [classes]
    for i in range(len(widths) - 1):
        plan += [("linear", widths[i], widths[i + 1])]
    return plan
