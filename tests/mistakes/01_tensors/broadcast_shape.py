from itertools import zip_longest
import itertools

import torch

from grader import mistake


@mistake("MT134", "Compares from the first axis", hint="Shapes are lined up at their last axis, like numbers at their last digit.")
def broadcast_shape(*shapes):
    result = []
    for sizes in zip_longest(*shapes, fillvalue=1):
        longer = set(sizes) - {1}
        if len(longer) > 1:
            return None
        result.append(longer.pop() if longer else 1)
    return tuple(result)


@mistake("MT135", "Takes the larger size even when they do not fit", hint="Two sizes fit when they are equal or one of them is 1; otherwise the answer is None.")
def broadcast_shape(*shapes):
    rank = max(map(len, shapes))
    padded = [(1,) * (rank - len(shape)) + shape for shape in shapes]
    return tuple(max(sizes) for sizes in zip(*padded))


@mistake("MT136", "Wants the sizes to be equal", hint="A size of 1 fits every other size.")
def broadcast_shape(*shapes):
    rank = max(map(len, shapes))
    padded = [(1,) * (rank - len(shape)) + shape for shape in shapes]
    if any(len(set(sizes)) > 1 for sizes in zip(*padded)):
        return None
    return padded[0]


@mistake("MT137", "Handles two shapes at least", hint="There may be a single shape; it stays what it is.")
def broadcast_shape(a, b, *more):
    rank = max(len(a), len(b))
    pairs = list(zip((1,) * (rank - len(a)) + a, (1,) * (rank - len(b)) + b))
    if any(x != y and 1 not in (x, y) for x, y in pairs):
        return None
    shape = tuple(max(pair) for pair in pairs)
    return broadcast_shape(shape, *more) if more else shape


@mistake("MT308", "Refuses 0 beside 1", hint="A size of 1 gives way to the other one, and that may be 0: (1,) and (0,) give (0,).")
def broadcast_shape(*shapes):
    out = []
    for sizes in itertools.zip_longest(*(s[::-1] for s in shapes), fillvalue=1):
        big = max(sizes)
        if any(s not in (1, big) for s in sizes):
            return None
        out.append(big)
    return tuple(reversed(out))


@mistake("MT309", "Compares neighbours only", hint="Sizes that meet on one axis must fit all of each other: a 1 between two different sizes hides them from each other.")
def broadcast_shape(*shapes):
    for a, b in zip(shapes, shapes[1:]):
        for x, y in zip(a[::-1], b[::-1]):
            if x != y and 1 not in (x, y):
                return None
    rank = max(map(len, shapes))
    padded = [(1,) * (rank - len(s)) + tuple(s) for s in shapes]
    return tuple(next((s for s in column if s != 1), 1) for column in zip(*padded))


@mistake("MT422", 'Compares each shape with the first one only', hint='Sizes that meet on one axis must fit all of each other, also those of the second shape and the third.')
def broadcast_shape(*shapes):
    rank = max(map(len, shapes))
    padded = [(1,) * (rank - len(shape)) + tuple(shape) for shape in shapes]
    out = list(padded[0])
    for other in padded[1:]:
        for i, (a, b) in enumerate(zip(padded[0], other)):
            if a != b and 1 not in (a, b):
                return None
            if b != 1:
                out[i] = b
    return tuple(out)


@mistake("MT423", 'Compares only the axes that all shapes have', hint='An axis that one shape lacks may still be there in two others, and these have to fit each other.')
def broadcast_shape(*shapes):
    longest, shared = max(shapes, key=len), min(map(len, shapes))
    tail = []
    for i in range(1, shared + 1):
        sizes = {shape[-i] for shape in shapes} - {1}
        if len(sizes) > 1:
            return None
        tail.insert(0, sizes.pop() if sizes else 1)
    return tuple(longest[: len(longest) - shared]) + tuple(tail)


@mistake("MT424", 'Raises where the shapes do not fit', hint='`None` was asked for there: catch the exception, or compare the sizes yourself.')
def broadcast_shape(*shapes):
    return tuple(torch.broadcast_shapes(*shapes))


@mistake("MT468", 'Takes the larger size where one is 0', hint='A size of 1 gives way to the other one, and that may be 0: (1,) and (0,) give (0,).')
def broadcast_shape(*shapes):
    from itertools import zip_longest

    out = []
    for sizes in zip_longest(*map(reversed, shapes), fillvalue=1):
        if len(set(sizes) - {1}) > 1:
            return None
        out.append(max(sizes))
    return tuple(reversed(out))


@mistake("MT469", 'Takes a size of 0 for a missing one', hint='0 is falsy in Python, and a size like any other here: (2, 0) and (0,) give (2, 0).')
def broadcast_shape(*shapes):
    rank = max(map(len, shapes))
    out = [1] * rank
    for shape in shapes:
        for i, size in enumerate(reversed(shape), 1):
            size = size or 1
            if out[-i] == 1:
                out[-i] = size
            elif size not in (1, out[-i]):
                return None
    return tuple(out)


@mistake("MT470", 'Lets 0 fit every size', hint='0 fits 0 and 1, and no other size.')
def broadcast_shape(*shapes):
    rank = max(len(s) for s in shapes)
    padded = [(1,) * (rank - len(s)) + tuple(s) for s in shapes]
    out = []
    for sizes in zip(*padded):
        if 0 in sizes:
            out.append(0)
        elif len({s for s in sizes if s != 1}) > 1:
            return None
        else:
            out.append(max(sizes))
    return tuple(out)
