import numpy as np
import torch

from grader import mistake


@mistake("MT64", "Gives the place in the flattened tensor", hint="One number is one index; a tensor of rank r needs r of them.")
def index_path(t, value):
    return (int((t.flatten() == value).nonzero()[0]),)


@mistake("MT65", "Gives the last match", hint="Of several matches the first one in reading order was asked for.")
def index_path(t, value):
    return tuple((t == value).nonzero()[-1].tolist())


@mistake("MT66", "Collects the indexes of all matches", hint="`nonzero` gives one row per match. Take the first row.")
def index_path(t, value):
    return tuple((t == value).nonzero().flatten().tolist())


@mistake("MT46b", "Leaves the indexes as tensors", hint="Plain Python ints were asked for; each index is still a tensor of rank 0.")
def index_path(t, value):
    return tuple((t == value).nonzero()[0])


@mistake("MT320", "Searches column by column", hint="Reading order runs along the last axis first; NumPy and PyTorch are no MATLAB.")
def index_path(t, value):
    a = t.numpy()
    flat = np.flatnonzero((a == value).ravel(order="F"))[0]
    return tuple(int(i) for i in np.unravel_index(flat, a.shape, order="F"))


@mistake("MT321", "Divides the position by the strides", hint="The strides of a view belong to the storage. A position in reading order is divided by the sizes.")
def index_path(t, value):
    flat = (t == value).reshape(-1).int().argmax().item()
    path = []
    for s in t.stride():
        path.append(flat // s)
        flat %= s
    return tuple(path)


@mistake("MT322", "Gives a scalar one index", hint="A scalar has no axes, so its path is the empty tuple.")
def index_path(t, value):
    flat = torch.atleast_1d(t)
    return tuple((flat == value).nonzero()[0].tolist())


@mistake("MT433", 'Takes a neighbour for the value', hint='`isclose` accepts what is nearly the value. The dtype can hold the value exactly, so `==` will do.')
def index_path(t, value):
    return tuple(torch.isclose(t, torch.tensor(value, dtype=t.dtype)).nonzero()[0].tolist())


@mistake("MT434", 'Compares in float32', hint='float32 has about seven digits: large whole numbers and close float64 numbers become equal there. Compare in the dtype of `t`.')
def index_path(t, value):
    return tuple(int(i) for i in (t.float() == float(value)).nonzero()[0])


@mistake("MT480", 'Searches in the order of memory', hint='In reading order the last axis is fastest, also in a transpose, where memory has another order.')
def index_path(t, value):
    flat = t.permute(sorted(range(t.ndim), key=lambda d: -t.stride(d)))
    order = sorted(range(t.ndim), key=lambda d: -t.stride(d))
    first = (flat == torch.tensor(value, dtype=t.dtype)).nonzero()[0].tolist()
    return tuple(first[order.index(d)] for d in range(t.ndim))


@mistake("MT481", 'Takes the smallest index of each axis by itself', hint='The row of one match and the column of another need not meet at any match. Take one match as a whole.')
def index_path(t, value):
    hits = (t == value).nonzero()
    return tuple(hits[:, d].min().item() for d in range(t.ndim))


@mistake("MT482", 'Takes the place apart from the wrong end', hint='The last axis is fastest: divide by its size first, then by that of the axis before it.')
def index_path(t, value):
    where = (t == value).flatten().nonzero()[0].item()
    path = []
    for size in t.shape:
        path.append(where % size)
        where //= size
    return tuple(path)


@mistake("MT570", "Looks for whole numbers in float64", hint="Above 2 to the power of 53 float64 does not hold every whole number, and a neighbour is found in the place of the value.")
def index_path(t, value):
    hits = (t.double() == float(value)).nonzero()
    return tuple(int(i) for i in hits[0])
