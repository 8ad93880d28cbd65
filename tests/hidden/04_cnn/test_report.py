import torch


def drawn(rng, k):
    return torch.randint(0, 9, (k, k), generator=rng) + 7 * torch.eye(k, dtype=torch.int64)


NAMES = ["shirt", "boot", "bag", "coat", "dress"]


def test_percentages(student, reference, agree, rng):
    """The share of each row that lies on the diagonal, in percent, and the share of all."""
    hollow = drawn(rng, 4)
    hollow[2] = 0
    agree(
        student.percentages,
        reference.percentages,
        {
            "five classes": (drawn(rng, 5), NAMES),
            "three classes": (drawn(rng, 3), NAMES[:3]),
            "a class without samples": (hollow, NAMES[:4]),
            "a class that is never recognised": (torch.tensor([[0, 5], [1, 6]]), NAMES[1:3]),
            "a single class": (torch.tensor([[8]]), NAMES[:1]),
        },
        layouts=("sliced", "expanded"),
    )


def test_worst_pair(student, reference, agree, rng):
    """The largest number off the diagonal, with the names of its row and its column."""
    tie = torch.tensor([[9, 1, 4], [4, 9, 2], [0, 4, 9]])
    few = torch.tensor([[90, 0], [1, 50]])
    cases = {"five classes": (drawn(rng, 5), NAMES), "a tie": (tie, NAMES[:3]), "a single confusion": (few, NAMES[3:])}
    agree(
        student.worst_pair,
        reference.worst_pair,
        cases,
        layouts=("sliced", "expanded"),
        parts="true class, class that it was taken for, number",
    )


def test_pure(student, pure, rng):
    """The matrix stays as it is."""
    pure(student.worst_pair, {"five classes": (drawn(rng, 5), NAMES)})
