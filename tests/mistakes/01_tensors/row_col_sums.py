import torch

from grader import mistake


@mistake("MT16", "Swaps row and column sums", hint="The dim that you name is the one that disappears: dim=0 adds down the rows, one sum per column.")
def row_col_sums(t):
    return t.sum(dim=1), t.sum(dim=0)


@mistake("MT138", "Keeps the reduced axis", hint="Vectors were asked for; `keepdim=True` leaves an axis of size 1.")
def row_col_sums(t):
    return t.sum(dim=0, keepdim=True), t.sum(dim=1, keepdim=True)


@mistake("MT139", "Averages instead of adding", hint="Sums were asked for, not means.")
def row_col_sums(t):
    return t.float().mean(dim=0), t.float().mean(dim=1)


@mistake("MT342", "Adds up in float32", hint="Sums of whole numbers were to stay int64: float32 has no room for all their digits.")
def row_col_sums(t):
    x = t.float()
    return torch.ones(x.shape[0]) @ x, x @ torch.ones(x.shape[1])


@mistake("MT446", 'Adds whole numbers up in int32', hint='Sums of int64 numbers may not fit into int32, and wrap around there. Let `sum` choose the dtype.')
def row_col_sums(t):
    dtype = t.dtype if t.is_floating_point() else torch.int32
    return t.sum(0, dtype=dtype).to(t.dtype), t.sum(1, dtype=dtype).to(t.dtype)


@mistake("MT546", "Goes through float32 and back", hint="The dtype is right again, the digits are lost: float32 holds whole numbers exactly up to 16,777,216 only. Add up in the dtype of the table.")
def row_col_sums(t):
    x = t.to(torch.float32)
    return x.sum(0).to(t.dtype), x.sum(1).to(t.dtype)
