import math

import torch

from grader import mistake


@mistake("MT90", "Picks elements instead of rows", hint="A mask of the shape of the whole table gives a vector of elements. Make one with an entry per row.")
def rows_above(t, column, threshold):
    return t[t > threshold]


@mistake("MT91", "Takes the row index for the column", hint="`t[column]` is a row. The column is `t[:, column]`.")
def rows_above(t, column, threshold):
    return t[:, t[column] > threshold]


@mistake("MT92", "Keeps rows that equal the threshold", hint="Above means greater, not greater or equal.")
def rows_above(t, column, threshold):
    return t[t[:, column] >= threshold]


@mistake("MT93", "Returns the column only", hint="The rows were asked for, with all of their columns.")
def rows_above(t, column, threshold):
    return t[t[:, column] > threshold, column]


@mistake("MT203", "Squeezes the rows that are left", hint="`squeeze()` drops every axis of size 1: a single row must stay a table of one row.")
def rows_above(t, column, threshold):
    return t[t[:, column] > threshold].squeeze()


@mistake("MT204", "Stacks the rows, of which there may be none", hint="`torch.stack` refuses an empty list. A mask as the index gives a table of shape (0, C) by itself.")
def rows_above(t, column, threshold):
    return torch.stack([row for row in t if row[column] > threshold])


@mistake("MT447", 'Converts the threshold to the dtype of the table', hint='-2.5 becomes -2 as a whole number, and rows with -2 are lost. Compare with the number as it is.')
def rows_above(t, column, threshold):
    return t[t[:, column] > torch.tensor(threshold).to(t.dtype)]


@mistake("MT448", 'Keeps a row that stands twice only once', hint='Every row that exceeds the threshold is kept, also one that is like another.')
def rows_above(t, column, threshold):
    kept = {}
    for i in (t[:, column] > threshold).nonzero().flatten().tolist():
        kept.setdefault(tuple(t[i].tolist()), i)
    return t[list(kept.values())]


@mistake("MT547", "Makes a table of a list that may be empty", hint="An empty list does not know how many columns there were: (0,) in the place of (0, C). A mask as the index gives the table by itself.")
def rows_above(t, column, threshold):
    kept = [row for row, number in zip(t.tolist(), t[:, column] > threshold) if number]
    return torch.tensor(kept, dtype=t.dtype)


@mistake("MT560", "Looks for the next whole number", hint="Above the largest number of a dtype there is none that it can hold: 255 + 1 is no uint8. `>` says what is asked, without a next number.")
def rows_above(t, column, threshold):
    if t.is_floating_point():
        return t[t[:, column] > threshold]
    return t[t[:, column] >= math.floor(threshold) + 1]


@mistake("MT567", "Compares in float64", hint="Above 2**53 float64 does not tell whole numbers apart. Compare in the dtype of the table.")
def rows_above(t, column, threshold):
    return t[t[:, column].double() > threshold]
