import torch


def test_one_two_three(student, same):
    """Two rows of scores, each with its own sum."""
    row = torch.tensor([0.0900306, 0.2447285, 0.6652410])
    got = student.softmax(torch.tensor([[1.0, 2.0, 3.0], [3.0, 2.0, 1.0]]), 1)
    same(got, torch.stack([row, row.flip(0)]), "softmax of (1, 2, 3) and (3, 2, 1)")


def test_large_scores(student, same):
    """Scores of 1000 do not overflow; along axis 0 each column adds up to 1."""
    got = student.softmax(torch.tensor([[1000.0, -1000.0], [1000.0, -1000.0]]), 0)
    same(got, torch.full((2, 2), 0.5), "softmax of two equal rows, along axis 0")
