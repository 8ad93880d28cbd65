import copy

import torch

from grader import mistake


@mistake("MC282", "Lists the state dict", hint="The state dict holds buffers as well, which are not learned. Use `named_parameters()`.")
def param_table(model):
    return {name: (tuple(t.shape), t.numel()) for name, t in model.state_dict().items()}


@mistake("MC283", "Leaves out frozen parameters", hint="A frozen parameter is one, too.")
def param_table(model):
    return {n: (tuple(p.shape), p.numel()) for n, p in model.named_parameters() if p.requires_grad}


@mistake("MC284", "Looks at the outermost parts only", hint="Parts may have parts: `named_parameters()` of the whole model goes all the way down.")
def param_table(model):
    table = {}
    for name, part in model.named_children():
        for n, p in part.named_parameters(recurse=False):
            table[f"{name}.{n}"] = (tuple(p.shape), p.numel())
    return table


@mistake("MC285", "Counts the first axis only", hint="`len` of a tensor is the size of its first axis.")
def param_table(model):
    return {name: (tuple(p.shape), len(p)) for name, p in model.named_parameters()}


@mistake("MC286", "Returns a copy", hint="Somebody may want to change or freeze the parameter: return the object itself.")
def get_param(model, name):
    found = model
    for step in name.split("."):
        found = getattr(found, step)
    return torch.nn.Parameter(found.detach().clone())


@mistake("MC287", "Takes it from the state dict", hint="What the state dict holds is detached from the parameter, and a missing name raises another error there.")
def get_param(model, name):
    return model.state_dict()[name]


@mistake("MC288", "Raises KeyError for a missing name", hint="AttributeError was asked for, which `getattr` raises by itself.")
def get_param(model, name):
    return dict(model.named_parameters())[name]


@mistake("MC289", "Follows one dot only", hint="A name may have any number of dots: walk along all of them.")
def get_param(model, name):
    *parts, last = name.split(".")
    for part in parts[:1]:
        model = getattr(model, part)
    return getattr(model, last)


@mistake("MC290", "Returns None for a missing name", hint="An error that is reported at once is better than a None that is found later.")
def get_param(model, name):
    return dict(model.named_parameters()).get(name)


@mistake("MC617", "Expects exactly one dot in the name", hint="A parameter of the model itself has no dot in its name, one deep inside has several.")
def get_param(model, name):
    layer, attribute = name.split(".")
    return getattr(getattr(model, layer), attribute)


@mistake("MC731", "Takes the first name that ends so", hint="`0.1.bias` ends like `1.bias`, and is another parameter: the whole name must agree.")
def get_param(model, name):
    for known, p in model.named_parameters():
        if known.endswith(name):
            return p
    raise AttributeError(name)


@mistake("MC732", "Counts a parameter without axes as nothing", hint="A tensor with no axes holds one number.")
def param_table(model):
    table = {}
    for name, p in model.named_parameters():
        count = 1 if p.dim() else 0
        for s in p.shape:
            count *= s
        table[name] = (tuple(p.shape), count)
    return table
