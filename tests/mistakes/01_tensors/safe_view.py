import torch

from grader import mistake


@mistake("MT10b", "Uses view on whatever strides", hint="`view` refuses a transpose: no strides can read it in that order.")
def safe_view(t, shape):
    return t.view(shape)


@mistake("MT124", "Copies every time", hint="A contiguous tensor can be read in another shape without a copy.")
def safe_view(t, shape):
    return t.clone().reshape(shape)


@mistake("MT50", "Resizes the caller's tensor", hint="`resize_` changes the tensor you were given. Prefer an operation that returns another reading.")
def safe_view(t, shape):
    return t.resize_(shape) if -1 not in shape else t.resize_(t.numel())


@mistake("MT211", "Copies whatever is not contiguous", hint="Some slices can be read in another shape where they lie. `reshape` finds out, and copies only when it must.")
def safe_view(t, shape):
    return t.contiguous().view(shape)


@mistake("MT345", "Reads the storage in the order of memory", hint="The elements are wanted in reading order of the axes, not in the order in which they lie.")
def safe_view(t, shape):
    return t.as_strided(shape, torch.empty(shape, device="meta").stride(), t.storage_offset())


@mistake("MT450", 'Takes the numbers through a list', hint='A list does not know the dtype, and `torch.tensor` infers another one. `reshape` keeps it.')
def safe_view(t, shape):
    try:
        return t.view(shape)
    except RuntimeError:
        return torch.tensor(t.flatten().tolist()).view(shape)
