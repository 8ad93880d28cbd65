import torch

from grader import alternative


@alternative("einsum")
def convert_layout(t, have, want):
    if set(have) != set(want) or len(have) != len(want):
        raise ValueError("layouts")
    return torch.einsum(f"{have}->{want}", t)


@alternative("a dict and movedim")
def convert_layout(t, have, want):
    place = {letter: i for i, letter in enumerate(want)}
    if place.keys() != set(have):
        raise ValueError(have)
    return t.movedim(tuple(range(t.ndim)), tuple(place[letter] for letter in have))
