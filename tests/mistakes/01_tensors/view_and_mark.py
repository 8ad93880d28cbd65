import torch

from grader import mistake


@mistake("MT119", "Marks a copy", hint="A copy has numbers of its own; a view writes through to the original.")
def view_and_mark(x):
    row = x.clone().view(1, -1)
    row[:, 0] = 5
    return row, x


@mistake("MT120", "Overwrites the whole row", hint="`row[:]` is everything; only the first column was meant.")
def view_and_mark(x):
    row = x.view(1, -1)
    row[:] = 5
    return row, x


@mistake("MT121", "Makes a column instead of a row", hint="One row of n columns has the shape (1, n).")
def view_and_mark(x):
    row = x.view(-1, 1)
    row[0] = 5
    return row, x


@mistake("MT202", "Returns a copy of the row", hint="Both begin with a 5, but they are two rows of memory: a later change of one does not reach the other. `view` copies nothing.")
def view_and_mark(x):
    x[0] = 5
    return x.clone().view(1, -1), x


@mistake("MT553", "Copies the vector before it marks it", hint="The caller's own vector is meant to change, and to be returned. Without a copy, `view` reads its numbers where they are.")
def view_and_mark(x):
    own = x.clone()
    row = own.view(1, -1)
    row[:, 0] = 5
    return row, own
