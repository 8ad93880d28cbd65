import torch
from torch import nn

from grader import mistake


@mistake("ML10c", "Walks uphill", hint="The gradient says where the loss rises. Which way is downhill?")
def sgd_step_(module, rate):
    with torch.no_grad():
        for p in module.parameters():
            if p.grad is not None:
                p += rate * p.grad


@mistake("ML194", "Does not expect that there is no gradient", hint="What the loss does not depend on has `grad` None. Leave it out.")
def sgd_step_(module, rate):
    with torch.no_grad():
        for p in module.parameters():
            p -= rate * p.grad


@mistake("ML195", "Moves a name instead of the parameter", hint="`p = p - …` gives the name p to a new tensor; the module does not notice. Change the tensor in place.")
def sgd_step_(module, rate):
    for p in module.parameters():
        if p.grad is not None:
            p = p - rate * p.grad


@mistake("ML196", "Replaces the parameters by new ones", hint="Whoever holds the old parameters, an optimizer for example, trains what the module does not use any more. Change them in place.")
def sgd_step_(module, rate):
    for part in module.modules():
        for name, p in list(part.named_parameters(recurse=False)):
            if p.grad is not None:
                new = nn.Parameter(p.detach() - rate * p.grad)
                new.grad = p.grad
                setattr(part, name, new)


@mistake("ML197", "Clears the gradients as well", hint="The gradients were to stay; the next round clears them.")
def sgd_step_(module, rate):
    with torch.no_grad():
        for p in module.parameters():
            if p.grad is not None:
                p -= rate * p.grad
                p.grad.zero_()


@mistake("ML198", "Leaves parameters without a gradient out of the dict", hint="Every name of `named_parameters()` was asked for; where there is no gradient the value is None.")
def gradient_norms(module):
    return {name: p.grad.norm().item() for name, p in module.named_parameters() if p.grad is not None}


@mistake("ML199", "Forgets the root", hint="The norm is the root of the sum of squares.")
def gradient_norms(module):
    return {
        name: None if p.grad is None else (p.grad**2).sum().item() for name, p in module.named_parameters()
    }


@mistake("ML200", "Measures the parameters instead of their gradients", hint="Look at `p.grad`, not at p.")
def gradient_norms(module):
    return {name: None if p.grad is None else p.norm().item() for name, p in module.named_parameters()}
