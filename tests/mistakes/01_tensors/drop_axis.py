import torch

from grader import mistake


@mistake("MT14", "Drops every axis of size 1", hint="Name the axis that you want removed; a batch of one has an axis of size 1, too.")
def drop_axis(t, dim):
    if t.shape[dim] != 1:
        raise ValueError(dim)
    return t.squeeze()


@mistake("MT102", "Lets longer axes pass in silence", hint="`squeeze(dim)` does nothing on a longer axis. You were asked to raise ValueError.")
def drop_axis(t, dim):
    return t.squeeze(dim)


@mistake("MT103", "Takes the first entry of a longer axis", hint="Picking index 0 also throws data away when the axis is longer than 1.")
def drop_axis(t, dim):
    return t.select(dim, 0)


@mistake("MT56c", "Reshapes the caller's tensor", hint="`squeeze_` edits the tensor that you were given; the underscore is the warning.")
def drop_axis(t, dim):
    if t.shape[dim] != 1:
        raise ValueError(dim)
    return t.squeeze_(dim)


@mistake("MT212", "Refuses longer axes only", hint="An axis of size 0 is not of size 1 either: it is to raise ValueError, too.")
def drop_axis(t, dim):
    if t.shape[dim] > 1:
        raise ValueError("longer than 1")
    return t.reshape([n for axis, n in enumerate(t.shape) if axis != dim % t.ndim]) if t.shape[dim] else t


@mistake("MT315", "Reshapes by a slice that a negative axis upsets", hint="`t.shape[dim + 1:]` is the whole shape for dim = -1. `squeeze(dim)` counts from the end by itself.")
def drop_axis(t, dim):
    if t.shape[dim] != 1:
        raise ValueError(f"axis {dim} has size {t.shape[dim]}")
    return t.reshape(t.shape[:dim] + t.shape[dim + 1 :])


@mistake("MT538", "Looks for the axis among the numbers 0, 1, 2, …", hint="-1 is none of them, so no axis is left out. Where `dim` is negative, count from the end first, as `squeeze(dim)` does by itself.")
def drop_axis(t, dim):
    if t.size(dim) != 1:
        raise ValueError("not of size 1")
    return t.reshape([size for axis, size in enumerate(t.shape) if axis != dim])
