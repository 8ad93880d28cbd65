import numpy as np
import torch

from grader import alternative


@alternative("unravels the flat place")
def index_path(t, value):
    flat = int(torch.argmax((t == value).flatten().int()))
    return tuple(int(i) for i in np.unravel_index(flat, tuple(t.shape)))


@alternative("walks through all places")
def index_path(t, value):
    import itertools

    for place in itertools.product(*(range(n) for n in t.shape)):
        if t[place].item() == value:
            return place
