import torch

from grader import mistake


@mistake("MT11", "Returns a window onto the matrix", hint="Indexing gives a window onto the same storage; clone it to own it.")
def independent_row(t, i):
    return t[i]


@mistake("MT122", "Takes a column", hint="`t[:, i]` is a column. The row is `t[i]`.")
def independent_row(t, i):
    return t[:, i].clone()


@mistake("MT123", "Keeps the row's axis", hint="`t[i:i+1]` is a matrix of one row; a vector was asked for.")
def independent_row(t, i):
    return t[i : i + 1].clone()


@mistake("MT432", 'Copies a row only where the matrix has others', hint='The row of a matrix with a single row is a window onto it as well.')
def independent_row(t, i):
    return t[i].clone() if t.shape[0] > 1 else t[i]
