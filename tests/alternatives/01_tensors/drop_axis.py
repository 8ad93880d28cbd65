from grader import alternative


@alternative("rebuilds the shape")
def drop_axis(t, dim):
    sizes = list(t.shape)
    if sizes.pop(dim) != 1:
        raise ValueError("that axis is longer than 1")
    return t.reshape(sizes)


@alternative("an exception of its own kind, and select")
def drop_axis(t, dim):
    class TooLong(ValueError):
        pass

    if t.size(dim) != 1:
        raise TooLong
    return t.select(dim, 0)


@alternative('the largest of one')
def drop_axis(t, dim):
    if t.size(dim) != 1:
        raise ValueError("not of size 1")
    return t.amax(dim)
