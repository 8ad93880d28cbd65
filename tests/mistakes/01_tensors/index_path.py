import torch

from grader import mistake


@mistake("MT64", "Gives the place in the flattened tensor", hint="One number is one index; a tensor of rank r needs r of them.")
def index_path(t, value):
    return (int((t.flatten() == value).nonzero()[0]),)


@mistake("MT65", "Gives the last match", hint="Of several matches the first one in reading order was asked for.")
def index_path(t, value):
    return tuple((t == value).nonzero()[-1].tolist())


@mistake("MT66", "Collects the indexes of all matches", hint="`nonzero` gives one row per match. Take the first row.")
def index_path(t, value):
    return tuple((t == value).nonzero().flatten().tolist())


@mistake("MT46b", "Leaves the indexes as tensors", hint="Plain Python ints were asked for; each index is still a tensor of rank 0.")
def index_path(t, value):
    return tuple((t == value).nonzero()[0])
