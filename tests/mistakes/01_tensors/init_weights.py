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
