import torch

from grader import mistake


@mistake("MT08", "Reshapes the second matrix to make the sizes match", hint="Matching sizes is not transposing: reshape keeps the order of the numbers.")
def pairwise_dots(a, b):
    return a @ b.reshape(*b.shape[:-2], b.shape[-1], b.shape[-2])


@mistake("MT147", "Gives the transposed table", hint="Rows of the first belong to the rows of the result.")
def pairwise_dots(a, b):
    return b @ a.mT


@mistake("MT148", "Multiplies without transposing", hint="The rows of both have D numbers, and do not match; the second one has to be transposed.")
def pairwise_dots(a, b):
    return a @ b


@mistake("MT149", "Pairs each row with one row only", hint="Every row of the first meets every row of the second.")
def pairwise_dots(a, b):
    n = min(a.shape[-2], b.shape[-2])
    return (a[..., :n, :] * b[..., :n, :]).sum(dim=-1)


@mistake("MT331", "Transposes the caller's matrix", hint="`transpose_` edits the tensor that you were given; the underscore is the warning. `transpose` gives another reading of it.")
def pairwise_dots(a, b):
    return a @ b.transpose_(-2, -1)


@mistake("MT487", 'Divides the rows by their lengths', hint='Those are cosines. A dot product grows with the rows.')
def pairwise_dots(a, b):
    return torch.nn.functional.normalize(a, dim=-1) @ torch.nn.functional.normalize(b, dim=-1).mT


@mistake("MT488", 'Leaves a square second matrix as it is', hint='A square matrix has its rows in the axis before the last like any other, and is transposed like any other.')
def pairwise_dots(a, b):
    return a @ b if a.shape[-1] == b.shape[-2] else a @ b.mT


@mistake("MT541", "Counts the rows of the first matrix for both", hint="The two may have different numbers of rows: the result has one row per row of `a`, and one column per row of `b`.")
def pairwise_dots(a, b):
    table = torch.zeros(*a.shape[:-1], a.shape[-2], dtype=a.dtype)
    for j in range(a.shape[-2]):
        table[..., j] = (a * b[..., j : j + 1, :]).sum(dim=-1)
    return table


@mistake("MT28", "Reverses all axes of a batch", hint="On more than two axes that moves the batch as well. Name the two axes that you swap.")
def pairwise_dots(a, b):
    return a @ b.permute(*range(b.ndim - 1, -1, -1))


@mistake("MT150", "Swaps the first two axes of a batch", hint="In a batch of matrices the rows are axis -2 and the columns axis -1.")
def pairwise_dots(a, b):
    return a @ b.transpose(0, 1)


@mistake("MT28b", "Pairs the rows of all matrices of a batch", hint="The matrices of a batch stay apart: each meets the one at its own place in the other batch.")
def pairwise_dots(a, b):
    return torch.inner(a, b)
