import torch
from torch import nn

from grader import mistake


@mistake("ML177", "Multiplies in the wrong order", hint="The first layer acts first, so its weight stands next to x: W2 (W1 x).")
def collapse(first, second):
    merged = nn.Linear(first.in_features, second.out_features)
    with torch.no_grad():
        merged.weight.copy_((first.weight.T @ second.weight.T) if first.weight.shape[1] != second.weight.shape[0] else first.weight @ second.weight)
        merged.bias.copy_(second.weight @ first.bias + second.bias)
    return merged


@mistake("ML178", "Forgets the first bias", hint="The second layer multiplies everything that comes out of the first, the bias included.")
def collapse(first, second):
    merged = nn.Linear(first.in_features, second.out_features)
    with torch.no_grad():
        merged.weight.copy_(second.weight @ first.weight)
        merged.bias.copy_(second.bias)
    return merged


@mistake("ML179", "Leaves the bias at random", hint="A new nn.Linear has a random bias. Set it, too.")
def collapse(first, second):
    merged = nn.Linear(first.in_features, second.out_features)
    with torch.no_grad():
        merged.weight.copy_(second.weight @ first.weight)
    return merged


@mistake("ML180", "Returns the two layers in a row", hint="One single nn.Linear was asked for, with a weight and a bias of its own.")
def collapse(first, second):
    return nn.Sequential(first, second)


@mistake("ML181", "Rewrites the second layer", hint="The two layers must stay as they are; make a new one.")
def collapse(first, second):
    with torch.no_grad():
        second.bias.add_(second.weight @ first.bias)
        second.weight = nn.Parameter(second.weight @ first.weight)
    second.in_features = first.in_features
    return second


@mistake("ML481", 'Multiplies the bias from the wrong side', hint='The first bias goes through the second layer as any input does: W2 b1. The other way fits only a square weight.')
def collapse(first, second):
    both = nn.Linear(first.in_features, second.out_features)
    with torch.no_grad():
        both.weight.copy_(second.weight @ first.weight)
        if first.out_features == second.out_features:
            both.bias.copy_(first.bias @ second.weight + second.bias)
        else:
            both.bias.copy_(second.weight @ first.bias + second.bias)
    return both


@mistake("ML482", "Writes into the second layer's bias", hint='`.data` shares its memory with the layer. Copy the values into the new layer.')
def collapse(first, second):
    both = nn.Linear(first.in_features, second.out_features)
    both.weight.data = second.weight.data @ first.weight.data
    both.bias.data = second.bias.data
    both.bias.data += second.weight.data @ first.bias.data
    return both


@mistake("ML558", "Multiplies the weights in the wrong order", hint="The first layer acts first, so its weight stands next to x: W2 (W1 x). What shapes have the two weights?")
def collapse(first, second):
    both = nn.Linear(first.in_features, second.out_features)
    with torch.no_grad():
        both.bias.copy_(second(first.bias))
        both.weight.copy_(first.weight @ second.weight)
    return both
