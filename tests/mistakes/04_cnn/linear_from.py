import torch
from torch import nn

from grader import mistake


@mistake("MC16", "Assigns a plain tensor to the weight", hint="The weight of a layer is a parameter. Wrap the tensor, or copy its numbers.")
def linear_from(w):
    layer = nn.Linear(w.shape[1], w.shape[0], bias=False)
    layer.weight = w.clone()
    return layer


@mistake("MC17", "Keeps the random bias", hint="The bias that the layer makes for itself is added to each result. Ask for none.")
def linear_from(w):
    layer = nn.Linear(w.shape[1], w.shape[0])
    layer.weight = nn.Parameter(w.clone())
    return layer


@mistake("MC265", "Shares the memory of the matrix", hint="`nn.Parameter(w)` does not copy: training the layer changes w. Clone it.")
def linear_from(w):
    layer = nn.Linear(w.shape[1], w.shape[0], bias=False)
    layer.weight = nn.Parameter(w)
    return layer


@mistake("MC266", "Says outputs and inputs the wrong way round", hint="`nn.Linear` takes inputs first; the shape of the weight has outputs first.")
def linear_from(w):
    layer = nn.Linear(w.shape[0], w.shape[1], bias=False)
    layer.weight = nn.Parameter(w.clone())
    return layer


@mistake("MC267", "Leaves the weight random", hint="The layer is to apply the matrix that was given.")
def linear_from(w):
    return nn.Linear(w.shape[1], w.shape[0], bias=False)


@mistake("MC268", "Freezes the weight", hint="It was asked for a parameter that requires gradients.")
def linear_from(w):
    layer = nn.Linear(w.shape[1], w.shape[0], bias=False)
    layer.weight = nn.Parameter(w.clone(), requires_grad=False)
    return layer


@mistake("MC269", "Transposes the matrix", hint="A row of w belongs to an output, as in the layer's own weight.")
def linear_from(w):
    layer = nn.Linear(w.shape[0], w.shape[1], bias=False)
    layer.weight = nn.Parameter(w.T.clone())
    return layer


@mistake("MC727", "Transposes a square matrix", hint="Sizes cannot tell how a square matrix is meant. The weight has the shape (outputs, inputs), as w has.")
def linear_from(w):
    layer = nn.Linear(w.shape[1], w.shape[0], bias=False)
    with torch.no_grad():
        layer.weight.copy_(w.T if w.shape[0] == w.shape[1] else w)
    return layer
