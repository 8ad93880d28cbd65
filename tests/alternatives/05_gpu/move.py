from grader import alternative


@alternative("two steps")
def move(t, device, dtype=None):
    moved = t.to(device)
    return moved if dtype is None else moved.to(dtype)


@alternative("named arguments")
def move(t, device, dtype=None):
    if dtype is None:
        dtype = t.dtype
    return t.to(device=device, dtype=dtype, non_blocking=False)


@alternative("dtype first, nothing hidden")
def move(t, device, dtype=None):
    if dtype is not None and t.dtype != dtype:
        t = t.type(dtype)
    return t.to(device)
