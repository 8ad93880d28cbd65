import numpy as np
import torch

from grader import probe

LEAST = 75  # percent


def numbers(answer, expect, demand):
    """The weights and biases of an answer, once they have the right form."""
    whole = expect(answer, (tuple, list), "What `digit_reader` returns")
    demand(len(whole) == 2, f"`digit_reader` must return two tensors, and returned {len(whole)} values.")
    for value, name, shape in zip(whole, ("w", "b"), ((64, 10), (10,)), strict=True):
        expect(value, torch.Tensor, f"`{name}`")
        demand(tuple(value.shape) == shape, f"The shape of `{name}` must be {shape}, not {tuple(value.shape)}.")
        demand(value.dtype == torch.float32, f"The dtype of `{name}` must be float32, not {value.dtype}.")
        demand(bool(value.isfinite().all()), f"All numbers of `{name}` must be finite.")
    return (value.detach() for value in whole)


def test_reads_digits(student, expect, demand, draw):
    """Of 500 digits that it has not seen it reads 75 % or more."""
    digits = np.load("data/digits.npz")
    pictures = torch.from_numpy(digits["images"]).flatten(1).float()
    labels = torch.from_numpy(digits["labels"]).long()
    w, b = numbers(student.digit_reader(pictures[:1297].clone(), labels[:1297].clone()), expect, demand)
    right = 100 * ((pictures[1297:] @ w + b).argmax(dim=1) == labels[1297:]).double().mean().item()
    draw.quest("Percent of 500 unseen digits that are read right", right, student)
    demand(right >= LEAST, f"It reads {right:.1f} % of them, and {LEAST} are due.")


@probe
def reading(f, pictures, labels):
    return [(f, pictures, labels)]


def test_leaves_nothing_behind(student, untouched):
    """The pictures stay as they are, and the random numbers that all share are neither seeded nor used up."""
    digits = np.load("data/digits.npz")
    pictures, labels = torch.from_numpy(digits["images"][:1000]), torch.from_numpy(digits["labels"][:1000])
    untouched(student.digit_reader, reading, pictures.flatten(1).float(), labels.long())
