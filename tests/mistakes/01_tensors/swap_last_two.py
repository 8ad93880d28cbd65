import torch

from grader import mistake


@mistake("MT28", "Reverses all axes", hint="On more than two axes `.T` reverses all of them. Name the two that you swap.")
def swap_last_two(t):
    return t.permute(*range(t.ndim - 1, -1, -1))


@mistake("MT150", "Swaps the first two axes", hint="The last two are -2 and -1.")
def swap_last_two(t):
    return t.transpose(0, 1)


@mistake("MT151", "Reshapes instead of swapping", hint="Reshape never moves an axis; the numbers would stay in their old order.")
def swap_last_two(t):
    return t.reshape(*t.shape[:-2], t.shape[-1], t.shape[-2])


@mistake("MT56d", "Swaps the axes of the caller's tensor", hint="`transpose_` edits the tensor that you were given; the underscore is the warning.")
def swap_last_two(t):
    return t.transpose_(-2, -1)
