from grader import mistake


@mistake("MD19", "Keeps the axis of the target", hint="A slice keeps its axis: (N, 1). A single index takes it away.")
def split_xy(table):
    return table[:, :-1], table[:, -1:].long()


@mistake("MD116", "Leaves the target as floats", hint="Classes are numbered in int64.")
def split_xy(table):
    return table[:, :-1], table[:, -1]


@mistake("MD117", "Leaves the target among the inputs", hint="With the answer among the inputs, any network looks brilliant. The inputs end before the last column.")
def split_xy(table):
    return table, table[:, -1].long()


@mistake("MD118", "Squeezes away the axis of a single sample", hint="`squeeze()` drops every axis of size 1, the batch axis of a single sample among them.")
def split_xy(table):
    return table[:, :-1], table[:, -1:].squeeze().long()


@mistake("MD119", "Takes the first column for the target", hint="The score stands in the last column.")
def split_xy(table):
    return table[:, 1:], table[:, 0].long()


@mistake("MD280", "Returns NumPy arrays", hint="Tensors were asked for, and a table that comes as a tensor needs no detour.")
def split_xy(table):
    array = table.numpy()
    return array[:, :-1], array[:, -1].astype("int64")


@mistake("MD407", "Takes the twelfth column for the target", hint="Tables have any number of columns; the target is the last of them, -1.")
def split_xy(table):
    k = min(11, table.shape[1] - 1)
    return table[:, :k], table[:, k].long()


@mistake("MD408", "Numbers the scores by their rank", hint="The target is the score itself, as int64.")
def split_xy(table):
    _, y = torch.unique(table[:, -1], return_inverse=True)
    return table[:, :-1], y
