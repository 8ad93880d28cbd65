import torch

from grader import mistake


@mistake("MC35", "Does not look at the shapes", hint="With strict=False, wrong names pass, but wrong shapes still raise. Leave those entries out.")
def load_partial(model, weights):
    report = model.load_state_dict(weights, strict=False)
    return list(report.missing_keys), list(report.unexpected_keys)


@mistake("MC453", "Tells names only, not shapes", hint="An entry of the wrong shape was not used either, and its parameter got nothing.")
def load_partial(model, weights):
    own = model.state_dict()
    model.load_state_dict({n: w for n, w in weights.items() if n in own and own[n].shape == w.shape}, strict=False)
    return [n for n in own if n not in weights], [n for n in weights if n not in own]


@mistake("MC454", "Has the two lists the wrong way round", hint="First what the model misses, then what was not used.")
def load_partial(model, weights):
    own = model.state_dict()
    fit = {n: w for n, w in weights.items() if n in own and own[n].shape == w.shape}
    model.load_state_dict(fit, strict=False)
    return [n for n in weights if n not in fit], [n for n in own if n not in fit]


@mistake("MC455", "Forgets the buffers", hint="Running statistics are part of the state dict: load them as well, and report them.")
def load_partial(model, weights):
    own = dict(model.named_parameters())
    fit = {n: w for n, w in weights.items() if n in own and own[n].shape == w.shape}
    model.load_state_dict(fit, strict=False)
    return [n for n in own if n not in fit], [n for n in weights if n not in fit]


@mistake("MC456", "Compares the number of elements instead of the shapes", hint="(3, 8) and (8, 3) hold equally many numbers, and mean different things.")
def load_partial(model, weights):
    own = model.state_dict()
    fit = {n: w.reshape(own[n].shape) for n, w in weights.items() if n in own and own[n].numel() == w.numel()}
    model.load_state_dict(fit, strict=False)
    return [n for n in own if n not in fit], [n for n in weights if n not in fit]


@mistake("MC457", "Sorts the names", hint="The order of the state dicts was asked for.")
def load_partial(model, weights):
    own = model.state_dict()
    fit = {n: w for n, w in weights.items() if n in own and own[n].shape == w.shape}
    model.load_state_dict(fit, strict=False)
    return sorted(n for n in own if n not in fit), sorted(n for n in weights if n not in fit)


@mistake("MC458", "Shares the memory of the weights that were given", hint="`p.data = w` makes the parameter and w one. Copy the numbers.")
def load_partial(model, weights):
    own = model.state_dict(keep_vars=True)
    fit = {n: w for n, w in weights.items() if n in own and own[n].shape == w.shape}
    for n, w in fit.items():
        own[n].data = w
    return [n for n in own if n not in fit], [n for n in weights if n not in fit]


@mistake("MC459", "Takes the used entries out of the caller's dict", hint="`pop` changes the dict that was given. It must stay as it is.")
def load_partial(model, weights):
    own = model.state_dict()
    missing = []
    for n, t in own.items():
        if n in weights and weights[n].shape == t.shape:
            t.copy_(weights.pop(n))
        else:
            missing.append(n)
    return missing, list(weights)


@mistake("MC460", "Puts new parameters in the place of the old ones", hint="An optimizer may hold the old ones. Copy the numbers into them.")
def load_partial(model, weights):
    own = model.state_dict()
    fit = {n: w.clone() for n, w in weights.items() if n in own and own[n].shape == w.shape}
    model.load_state_dict(fit, strict=False, assign=True)
    return [n for n in own if n not in fit], [n for n in weights if n not in fit]


@mistake("MC461", "Loads nothing unless all names fit", hint="Load what fits, whatever the rest is.")
def load_partial(model, weights):
    own = model.state_dict()
    fit = {n: w for n, w in weights.items() if n in own and own[n].shape == w.shape}
    if len(fit) == len(own):
        model.load_state_dict(fit)
    return [n for n in own if n not in fit], [n for n in weights if n not in fit]


@mistake("MC462b", "Copies whatever PyTorch lets through", hint="`copy_` broadcasts: a tensor of one number fills a whole weight. Compare the shapes.")
def load_partial(model, weights):
    own, used = model.state_dict(), []
    for n, w in weights.items():
        if n in own:
            try:
                own[n].copy_(w)
                used.append(n)
            except RuntimeError:
                pass
    return [n for n in own if n not in used], [n for n in weights if n not in used]


@mistake("MC612", "Takes the given tensors for its own", hint="With `assign=True` the model trains in the very tensors that were given, and takes their dtype. Copy numbers.")
def load_partial(model, weights):
    own = model.state_dict()
    fit = {k: v for k, v in weights.items() if k in own and own[k].shape == v.shape}
    model.load_state_dict(fit, strict=False, assign=True)
    return [k for k in own if k not in fit], [k for k in weights if k not in fit]


@mistake("MC613", "Loads parameters only", hint="Buffers, such as running statistics, stand in the state dict as well.")
def load_partial(model, weights):
    used = set()
    with torch.no_grad():
        for name, p in model.named_parameters():
            if name in weights and weights[name].shape == p.shape:
                p.copy_(weights[name])
                used.add(name)
    return [k for k in model.state_dict() if k not in used], [k for k in weights if k not in used]
