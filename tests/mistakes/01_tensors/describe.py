import torch

from grader import mistake


@mistake("MT47", "Takes len(t) for the number of elements", hint="`len` sees the first axis only; `numel` counts everything.")
def describe(t):
    return {
        "rank": t.ndim,
        "shape": tuple(t.shape),
        "numel": len(t) if t.ndim else 1,
        "dtype": str(t.dtype).removeprefix("torch."),
        "device": str(t.device),
        "nbytes": t.numel() * t.element_size(),
    }


@mistake("MT46a", "Leaves the number of elements as a tensor", hint="A tensor of rank 0 is not a Python number yet; take the number out.")
def describe(t):
    return {
        "rank": t.ndim,
        "shape": tuple(t.shape),
        "numel": torch.tensor(t.shape).prod(),
        "dtype": str(t.dtype).removeprefix("torch."),
        "device": str(t.device),
        "nbytes": t.numel() * t.element_size(),
    }


@mistake("MT60", "Counts four bytes for every element", hint="Four bytes are float32. Other dtypes are wider or narrower: ask the tensor.")
def describe(t):
    return {
        "rank": t.ndim,
        "shape": tuple(t.shape),
        "numel": t.numel(),
        "dtype": str(t.dtype).removeprefix("torch."),
        "device": str(t.device),
        "nbytes": t.numel() * 4,
    }


@mistake("MT61", "Gives dtype and device as objects", hint="The dict was to hold plain strings, such as \"float32\" and \"cpu\".")
def describe(t):
    return {
        "rank": t.ndim,
        "shape": tuple(t.shape),
        "numel": t.numel(),
        "dtype": t.dtype,
        "device": t.device,
        "nbytes": t.numel() * t.element_size(),
    }


@mistake("MT209", "Counts the bytes of the whole storage", hint="A slice is a window onto a larger storage. The bytes of its own elements are `t.numel() * t.element_size()`.")
def describe(t):
    return {
        "rank": t.ndim,
        "shape": tuple(t.shape),
        "numel": t.numel(),
        "dtype": str(t.dtype).removeprefix("torch."),
        "device": str(t.device),
        "nbytes": t.untyped_storage().nbytes(),
    }


@mistake("MT314", "Counts no element in a scalar", hint="A tensor without axes holds one number: the product over no sizes is 1.")
def describe(t):
    numel = t.shape[0] if t.ndim else 0
    for s in t.shape[1:]:
        numel *= s
    return {
        "rank": t.ndim,
        "shape": tuple(t.shape),
        "numel": numel,
        "dtype": str(t.dtype).removeprefix("torch."),
        "device": str(t.device),
        "nbytes": numel * t.element_size(),
    }
