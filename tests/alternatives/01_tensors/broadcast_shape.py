import torch

from grader import alternative


@alternative("pads to one rank")
def broadcast_shape(*shapes):
    rank = max(len(shape) for shape in shapes)
    out = [1] * rank
    for shape in shapes:
        for axis, size in enumerate((1,) * (rank - len(shape)) + tuple(shape)):
            if size != 1:
                if out[axis] not in (1, size):
                    return None
                out[axis] = size
    return tuple(out)


@alternative("recursion")
def broadcast_shape(*shapes):
    if not any(shapes):
        return ()
    last = {shape[-1] for shape in shapes if shape} - {1}
    rest = broadcast_shape(*(shape[:-1] for shape in shapes))
    if len(last) > 1 or rest is None:
        return None
    return (*rest, *(last or {1}))


@alternative('adds up on the meta device')
def broadcast_shape(*shapes):
    total = torch.zeros((), device="meta")
    try:
        for shape in shapes:
            total = total + torch.zeros(shape, device="meta")
    except RuntimeError:
        return None
    return tuple(total.shape)
