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


@mistake("ML423", 'Looks into the children only', hint='A module may hold parameters of its own. `module.parameters()` finds all of them.')
@torch.no_grad()
def sgd_step_(module, rate):
    for child in module.children():
        for p in child.parameters():
            if p.grad is not None:
                p.sub_(rate * p.grad)


@mistake("ML424", 'Moves a parameter twice that is used in two places', hint='Whoever goes through the parts one by one meets it twice. `module.parameters()` names each once.')
@torch.no_grad()
def sgd_step_(module, rate):
    for part in module.modules():
        for p in part.parameters(recurse=False):
            if p.grad is not None:
                p -= rate * p.grad


@mistake("ML425", 'Ends at the first parameter without a gradient', hint='Leave that one out and go on with the next.')
def sgd_step_(module, rate):
    with torch.no_grad():
        for p in module.parameters():
            if p.grad is None:
                break
            p -= rate * p.grad


@mistake("ML487", 'Takes the spectral norm of a matrix', hint='The root of the sum of the squares of *all* numbers was asked for. `p.grad.norm()` is that.')
def gradient_norms(module):
    return {name: torch.linalg.norm(p.grad, ord=2).item() if p.grad is not None else None for name, p in module.named_parameters()}


@mistake("ML488", 'Takes the mean of the squares', hint='The root of their *sum* was asked for.')
def gradient_norms(module):
    return {name: p.grad.square().mean().sqrt().item() if p.grad is not None else None for name, p in module.named_parameters()}


@mistake("ML489", 'Takes a gradient of zeros for none', hint='Zeros are a gradient, of the norm 0. None is only where `p.grad` is None.')
def gradient_norms(module):
    norms = {}
    for name, p in module.named_parameters():
        norms[name] = None if p.grad is None or not p.grad.any() else float(p.grad.norm())
    return norms


@mistake("ML546", 'Multiplies the gradients where they lie', hint='`mul_` changes them, and they were to stay. `rate * p.grad` makes a new tensor.')
@torch.no_grad()
def sgd_step_(module, rate):
    for p in module.parameters():
        if p.grad is not None:
            p.sub_(p.grad.mul_(rate))
