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


@mistake("MT487", 'Divides the rows by their lengths', hint='Those are cosines. A dot product grows with the rows.')
def pairwise_dots(a, b):
    return torch.nn.functional.normalize(a, dim=1) @ torch.nn.functional.normalize(b, dim=1).T


@mistake("MT488", 'Leaves a square second matrix as it is', hint='A square matrix has its rows in axis 0 like any other, and is transposed like any other.')
def pairwise_dots(a, b):
    return a @ b if a.shape[1] == b.shape[0] else a @ b.T


@mistake("MT541", "Counts the rows of the first matrix for both", hint="The two may have different numbers of rows: the result has one row per row of `a`, and one column per row of `b`.")
def pairwise_dots(a, b):
    table = torch.zeros(a.shape[0], a.shape[0], dtype=a.dtype)
    for i, row in enumerate(a):
        for j in range(len(a)):
            table[i, j] = row.dot(b[j])
    return table
