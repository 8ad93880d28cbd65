import torch

from grader import alternative


@alternative("a generator")
def init_weights(shape, seed, kind):
    g = torch.Generator().manual_seed(seed)
    draw = {"uniform": torch.rand, "normal": torch.randn}.get(kind)
    if draw is None:
        raise ValueError(kind)
    return draw(shape, generator=g)


@alternative("fills an empty tensor")
def init_weights(shape, seed, kind):
    if kind not in ["uniform", "normal"]:
        raise ValueError("kind")
    torch.manual_seed(seed)
    t = torch.empty(shape)
    return t.uniform_() if kind == "uniform" else t.normal_()
