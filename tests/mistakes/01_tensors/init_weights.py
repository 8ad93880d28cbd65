import torch

from grader import mistake


@mistake("MT31", "Draws evenly where normal was asked for", hint="One letter separates uniform from normal: randn has the n.")
def init_weights(shape, seed, kind):
    if kind not in ("uniform", "normal"):
        raise ValueError(kind)
    torch.manual_seed(seed)
    return torch.rand(shape)


@mistake("MT173", "Does not set the seed", hint="Without the seed every call gives other weights.")
def init_weights(shape, seed, kind):
    if kind not in ("uniform", "normal"):
        raise ValueError(kind)
    return torch.rand(shape) if kind == "uniform" else torch.randn(shape)


@mistake("MT174", "Takes every other word for normal", hint="A kind that is neither \"uniform\" nor \"normal\" was to raise ValueError.")
def init_weights(shape, seed, kind):
    torch.manual_seed(seed)
    return torch.rand(shape) if kind == "uniform" else torch.randn(shape)


@mistake("MT323", "Draws between -1 and 1", hint="`torch.rand` draws between 0 and 1, and that is what was asked for.")
def init_weights(shape, seed, kind):
    g = torch.Generator().manual_seed(seed)
    if kind == "uniform":
        return torch.empty(shape).uniform_(-1, 1, generator=g)
    if kind == "normal":
        return torch.randn(shape, generator=g)
    raise ValueError(kind)


@mistake("MT324", "Seeds at the first call only", hint="The same arguments are to give the same numbers at every call, so the seed is set at every call.")
def init_weights(shape, seed, kind, _generators={}):
    if seed not in _generators:
        _generators[seed] = torch.Generator().manual_seed(seed)
    if kind == "uniform":
        return torch.rand(shape, generator=_generators[seed])
    if kind == "normal":
        return torch.randn(shape, generator=_generators[seed])
    raise ValueError(kind)


@mistake("MT435", 'Hands out the same tensor at every call', hint='Training changes the weights that you gave away, and the next call would return the changed ones. Draw anew at every call.')
def init_weights(shape, seed, kind, _known={}):
    if kind not in ("uniform", "normal"):
        raise ValueError(kind)
    if (shape, seed, kind) not in _known:
        g = torch.Generator().manual_seed(seed)
        _known[shape, seed, kind] = (torch.rand if kind == "uniform" else torch.randn)(shape, generator=g)
    return _known[shape, seed, kind]
