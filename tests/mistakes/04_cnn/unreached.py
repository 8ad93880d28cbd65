import copy

import torch
from torch import nn

from grader import mistake


@mistake("MC321", "Draws targets of another shape", hint="Ten targets against a batch are broadcast, silently. The targets have the shape of the output.")
def dummy_loss(output, generator):
    return ((output - torch.randn(output.shape[-1], generator=generator)) ** 2).mean()


@mistake("MC322", "Adds the squares up", hint="The *mean* squared error was asked for.")
def dummy_loss(output, generator):
    return ((output - torch.randn(output.shape, generator=generator)) ** 2).sum()


@mistake("MC323", "Draws from the common generator", hint="The generator is an argument: hand it on to `randn`.")
def dummy_loss(output, generator):
    return nn.functional.mse_loss(output, torch.randn(output.shape))


@mistake("MC324", "Draws uniformly", hint="`rand` draws between 0 and 1; `randn` was asked for.")
def dummy_loss(output, generator):
    return nn.functional.mse_loss(output, torch.rand(output.shape, generator=generator))


@mistake("MC325", "Goes backward on the model itself", hint="Gradients of the dummy loss stay on the parameters then. Use `torch.autograd.grad`, or a copy.")
def unreached(model, x):
    model.zero_grad()
    loss = dummy_loss(model(x), torch.Generator().manual_seed(0))
    if loss.requires_grad:
        loss.backward()
    return [name for name, p in model.named_parameters() if p.requires_grad and p.grad is None]


@mistake("MC326", "Clears gradients that were there before", hint="`.grad` may hold something; it must be the same afterwards.")
def unreached(model, x):
    model.zero_grad()
    loss = dummy_loss(model(x), torch.Generator().manual_seed(0))
    if loss.requires_grad:
        loss.backward()
    names = [name for name, p in model.named_parameters() if p.requires_grad and p.grad is None]
    model.zero_grad()
    return names


@mistake("MC327", "Takes zero gradients for missing ones", hint="Behind a ReLU that lets nothing through the gradient is zero, but it arrives. Only None is missing.")
def unreached(model, x):
    model = copy.deepcopy(model)
    model.zero_grad()
    loss = dummy_loss(model(x), torch.Generator().manual_seed(0))
    if loss.requires_grad:
        loss.backward()
    return [n for n, p in model.named_parameters() if p.requires_grad and (p.grad is None or not p.grad.any())]


@mistake("MC328", "Lists frozen parameters", hint="A frozen parameter has no gradient on purpose.")
def unreached(model, x):
    model = copy.deepcopy(model)
    model.zero_grad()
    loss = dummy_loss(model(x), torch.Generator().manual_seed(0))
    if loss.requires_grad:
        loss.backward()
    return [n for n, p in model.named_parameters() if p.grad is None]


@mistake("MC329", "Raises when the output has no graph at all", hint="If the chain is cut right at the end, no parameter is reached: say so.")
def unreached(model, x):
    model = copy.deepcopy(model)
    model.zero_grad()
    dummy_loss(model(x), torch.Generator().manual_seed(0)).backward()
    return [n for n, p in model.named_parameters() if p.requires_grad and p.grad is None]


@mistake("MC330", "Names layers, not parameters", hint="The names of `named_parameters()` were asked for.")
def unreached(model, x):
    model = copy.deepcopy(model)
    model.zero_grad()
    loss = dummy_loss(model(x), torch.Generator().manual_seed(0))
    if loss.requires_grad:
        loss.backward()
    names = [n.rpartition(".")[0] for n, p in model.named_parameters() if p.requires_grad and p.grad is None]
    return list(dict.fromkeys(names))


@mistake("MC331", "Lists those that are reached", hint="The others were asked for.")
def unreached(model, x):
    model = copy.deepcopy(model)
    model.zero_grad()
    loss = dummy_loss(model(x), torch.Generator().manual_seed(0))
    if loss.requires_grad:
        loss.backward()
    return [n for n, p in model.named_parameters() if p.requires_grad and p.grad is not None]


@mistake("MC745", "Adds up within a row before it takes the mean", hint="The mean is taken over all numbers of the output.")
def dummy_loss(output, generator):
    diff = output - torch.randn(output.shape, generator=generator)
    return diff.pow(2).sum(-1).mean()


@mistake("MC817", "Leaves the gradients of a sum on the parameters", hint="`backward` writes into `.grad`, which was to stay as it is. `torch.autograd.grad` returns gradients instead.")
def unreached(model, x):
    model.zero_grad()
    total = model(x).sum()
    if total.requires_grad:
        total.backward()
    return [name for name, p in model.named_parameters() if p.requires_grad and p.grad is None]


@mistake("MC888", "Names frozen parameters as well where the chain is cut at its end", hint="Frozen parameters are left out in every case, also where no gradient leads anywhere.")
def unreached(model, x):
    output = model(x)
    if not output.requires_grad:
        return [name for name, _ in model.named_parameters()]
    named = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
    if not named:
        return []
    gradients = torch.autograd.grad(output.sum(), [p for _, p in named], allow_unused=True)
    return [name for (name, _), gradient in zip(named, gradients, strict=True) if gradient is None]


@mistake("MC890", "Puts back the gradients that were there, and leaves the others", hint="A parameter whose `.grad` was None holds a gradient afterwards. `torch.autograd.grad` returns gradients instead of keeping them.")
def unreached(model, x):
    before = {name: p.grad for name, p in model.named_parameters() if p.grad is not None}
    for p in model.parameters():
        p.grad = None
    total = model(x).sum()
    if total.requires_grad:
        total.backward()
    missing = [name for name, p in model.named_parameters() if p.requires_grad and p.grad is None]
    for name, p in model.named_parameters():
        if name in before:
            p.grad = before[name]
    return missing


@mistake("MC891", "Takes a step to see which parameters move", hint="A step changes the parameters, which were to stay as they are. That a gradient leads to one shows without moving it.")
def unreached(model, x):
    named = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
    out = model(x)
    if not named or not out.requires_grad:
        return [name for name, _ in named]
    grads = torch.autograd.grad(out.sum(), [p for _, p in named], allow_unused=True)
    with torch.no_grad():
        for (_, p), grad in zip(named, grads):
            if grad is not None:
                p -= 0.01 * grad
    return [name for (name, _), grad in zip(named, grads) if grad is None]
