import functools

import numpy as np
import torch

from grader import mistake


@mistake("MT75", "Takes the widest dtype", hint="The category counts before the size: float16 wins against int64.")
def promoted(*dtypes):
    return max(dtypes, key=lambda dtype: dtype.itemsize)


@mistake("MT76", "Looks at the first two only", hint="Go through all of them, the result so far with the next one.")
def promoted(*dtypes):
    return torch.promote_types(dtypes[0], dtypes[1]) if len(dtypes) > 1 else dtypes[0]


@mistake("MT77", "Takes the last one", hint="Each dtype has a say; none of them simply replaces the others.")
def promoted(*dtypes):
    return dtypes[-1]


@mistake("MT337", "Starts from a dtype of its own", hint="Start with the first of the dtypes: with uint8 in the sum, bool becomes uint8 and int8 becomes int16.")
def promoted(*dtypes):
    return functools.reduce(torch.promote_types, dtypes, torch.uint8)


@mistake("MT494", 'Begins the sum with the number 0', hint='`sum` starts from the int 0, and a bool plus an int is an int64. Start from the first dtype.')
def promoted(*dtypes):
    return sum(torch.zeros(1, dtype=d) for d in dtypes).dtype


@mistake("MT495", 'Asks NumPy for the common dtype', hint='NumPy has rules of its own: it makes float64 of int64 and float16. Ask PyTorch.')
def promoted(*dtypes):
    arrays = [torch.zeros(1, dtype=d).numpy() for d in dtypes]
    return torch.from_numpy(np.zeros(1, dtype=np.result_type(*arrays))).dtype


@mistake("MT496", 'Takes the largest dtype of a list', hint='uint8 and int8 have a common dtype that is neither of them: int16. Ask PyTorch for it.')
def promoted(*dtypes):
    order = [
        torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64,
        torch.float16, torch.float32, torch.float64, torch.complex64, torch.complex128,
    ]
    return max(dtypes, key=order.index)


@mistake("MT497", 'Adds tensors without axes', hint='A tensor without axes changes the dtype only when its category is higher. All were to have an axis.')
def promoted(*dtypes):
    total = torch.zeros(1, dtype=dtypes[0])
    for d in dtypes[1:]:
        total = total + torch.zeros((), dtype=d)
    return total.dtype


@mistake("MT498", 'Looks at the first dtype and the last', hint='Every dtype counts, also those in the middle.')
def promoted(*dtypes):
    return torch.promote_types(dtypes[0], dtypes[-1])


@mistake("MT499", 'Begins with float32', hint='float16 alone stays float16. Start from the first dtype.')
def promoted(*dtypes):
    from functools import reduce

    return reduce(torch.promote_types, dtypes, torch.float32 if any(d.is_floating_point for d in dtypes) else torch.bool)


@mistake("MT544", "Takes the widest dtype of the highest category", hint="Two of one category may need a third: uint8 and int8 become int16. Ask PyTorch for what holds both.")
def promoted(*dtypes):
    def rank(dtype):
        category = 3 if dtype.is_complex else 2 if dtype.is_floating_point else int(dtype != torch.bool)
        return category, dtype.itemsize

    return max(dtypes, key=rank)
