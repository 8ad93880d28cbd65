import torch

from grader import alternative


@alternative("view, or contiguous and view")
def safe_view(t, shape):
    try:
        return t.view(shape)
    except RuntimeError:
        return t.contiguous().view(shape)


@alternative("the function form")
def safe_view(t, shape):
    return torch.reshape(t, shape)


@alternative('an empty model of the shape')
def safe_view(t, shape):
    return t.reshape_as(torch.empty(shape, device="meta"))
