import torch
from torch import nn

from grader import alternative


@alternative("requires_grad_ on the module")
def new_head(model, classes):
    inputs = model.fc.in_features
    model.requires_grad_(False)
    model.fc = nn.Linear(inputs, classes, bias=True)
    return [p for p in model.parameters() if p.requires_grad]


@alternative("weight and bias by name, a tuple")
def new_head(model, classes):
    for _, p in model.named_parameters():
        p.requires_grad_(False)
    head = nn.Linear(model.fc.weight.shape[1], classes)
    setattr(model, "fc", head)
    return [head.weight, head.bias]
