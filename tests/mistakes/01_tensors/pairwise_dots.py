import torch

from grader import mistake


@mistake("MT08", "Reshapes the second matrix to make the sizes match", hint="Matching sizes is not transposing: reshape keeps the order of the numbers.")
def pairwise_dots(a, b):
    return a @ b.reshape(b.shape[1], b.shape[0])


@mistake("MT147", "Gives the transposed table", hint="Rows of the first belong to the rows of the result.")
def pairwise_dots(a, b):
    return b @ a.T


@mistake("MT148", "Multiplies without transposing", hint="(N, D) and (M, D) do not match; the second one has to be transposed.")
def pairwise_dots(a, b):
    return a @ b


@mistake("MT149", "Pairs each row with one row only", hint="Every row of the first meets every row of the second.")
def pairwise_dots(a, b):
    n = min(len(a), len(b))
    return (a[:n] * b[:n]).sum(dim=1)


@mistake("MT331", "Transposes the caller's matrix", hint="`t_` edits the tensor that you were given; `.T` gives another reading of it.")
def pairwise_dots(a, b):
    return a @ b.t_()
