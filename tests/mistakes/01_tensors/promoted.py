import functools
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
