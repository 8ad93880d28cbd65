from grader import mistake


@mistake("MT116", "Forgets the permutation", hint="These are the strides before the axes change places.")
def predict_strides(shape, order):
    strides = [1] * len(shape)
    for axis in range(len(shape) - 2, -1, -1):
        strides[axis] = strides[axis + 1] * shape[axis + 1]
    return tuple(strides)


@mistake("MT117", "Computes fresh strides for the permuted shape", hint="Permuting moves no number, so the old strides stay and only change places.")
def predict_strides(shape, order):
    shape = [shape[axis] for axis in order]
    strides = [1] * len(shape)
    for axis in range(len(shape) - 2, -1, -1):
        strides[axis] = strides[axis + 1] * shape[axis + 1]
    return tuple(strides)


@mistake("MT118", "Makes the first axis the fastest", hint="In a fresh tensor the last axis has the stride 1.")
def predict_strides(shape, order):
    strides = [1] * len(shape)
    for axis in range(1, len(shape)):
        strides[axis] = strides[axis - 1] * shape[axis - 1]
    return tuple(strides[axis] for axis in order)


@mistake("MT49b", "Counts bytes", hint="PyTorch's strides count elements; four bytes each is NumPy's way of counting.")
def predict_strides(shape, order):
    strides = [4] * len(shape)
    for axis in range(len(shape) - 2, -1, -1):
        strides[axis] = strides[axis + 1] * shape[axis + 1]
    return tuple(strides[axis] for axis in order)


@mistake("MT336", "Permutes the strides the wrong way round", hint="New axis k is old axis order[k]; so its stride is strides[order[k]].")
def predict_strides(shape, order):
    strides, step = [], 1
    for size in reversed(shape):
        strides.insert(0, step)
        step *= size
    out = [0] * len(shape)
    for k, axis in enumerate(order):
        out[axis] = strides[k]
    return tuple(out)


@mistake("MT442", 'Gives an axis of size 1 the stride 1', hint='Its stride, too, is the product of the sizes behind it, though nobody ever takes a step along it.')
def predict_strides(shape, order):
    strides, step = [], 1
    for size in reversed(shape):
        strides.insert(0, step if size > 1 else 1)
        step *= size
    return tuple(strides[i] for i in order)


@mistake("MT493", 'Counts the size of the axis itself in', hint='A stride is the product of the sizes *behind* the axis; the last one is 1.')
def predict_strides(shape, order):
    from math import prod

    return tuple(prod(shape[i:]) for i in order)
