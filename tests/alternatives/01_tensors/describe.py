import math

from grader import alternative


@alternative("counts by hand, from the shape")
def describe(t):
    count = math.prod(t.size())
    return dict(
        rank=len(t.shape),
        shape=tuple(int(n) for n in t.size()),
        numel=count,
        dtype=str(t.dtype).split(".")[-1],
        device=t.device.type,
        nbytes=count * t.dtype.itemsize,
    )


@alternative("nbytes and a torch.Size")
def describe(t):
    return {"shape": t.shape, "rank": t.dim(), "dtype": repr(t.dtype)[6:], "device": f"{t.device}", "nbytes": t.nbytes, "numel": t.nelement()}


@alternative('through NumPy')
def describe(t):
    a = t.detach().cpu().numpy()
    return {
        "rank": a.ndim, "shape": a.shape, "numel": a.size, "dtype": str(t.dtype).strip("torch."), "device": f"{t.device}",
        "nbytes": a.nbytes,
    }
