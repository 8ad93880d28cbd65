import torch

from grader import mistake


@mistake("MT94", "Gives the block where rows and columns cross", hint="Indexing twice picks rows first and columns of those then. Index once, with both.")
def pick_pairs(t, rows, cols):
    return t[rows][:, cols]


@mistake("MT95", "Swaps rows and columns", hint="The first index is the row.")
def pick_pairs(t, rows, cols):
    return t.T[rows.clamp(max=t.shape[1] - 1), cols]


@mistake("MT206", "Goes through Python numbers", hint="`torch.tensor([...])` of Python numbers infers a dtype of its own. Index with the two vectors: the result keeps the dtype of `t`.")
def pick_pairs(t, rows, cols):
    return torch.tensor([t[i, j].item() for i, j in zip(rows.tolist(), cols.tolist())])


@mistake("MT332", "Takes the first stride for the number of columns", hint="The stride of a transpose or a slice is not its number of columns. Index with the two vectors.")
def pick_pairs(t, rows, cols):
    return t.flatten()[rows * t.stride(0) + cols]


@mistake("MT489", 'Multiplies the row by the number of rows', hint='In the flattened table one row further is as many places further as a row has columns.')
def pick_pairs(t, rows, cols):
    flat = (rows * t.shape[0] + cols) % max(t.numel(), 1)
    return t.reshape(-1)[flat]


@mistake("MT490", 'Picks from the order of memory', hint='The numbers of a transpose or a slice do not lie in reading order. Index the table itself.')
def pick_pairs(t, rows, cols):
    flat = t.as_strided((t.numel(),), (1,))
    return flat[rows * t.shape[1] + cols]


@mistake("MT542", "Views the table as a vector", hint="`view` refuses a transpose, and some slices. Index the table itself, with both vectors.")
def pick_pairs(t, rows, cols):
    return t.view(-1)[rows * t.size(1) + cols]


@mistake("MT543", "Stacks the elements, of which there may be none", hint="`torch.stack` refuses an empty list, and K may be 0. With the two vectors as the index, an empty result comes by itself.")
def pick_pairs(t, rows, cols):
    return torch.stack([t[i, j] for i, j in zip(rows.tolist(), cols.tolist())])
