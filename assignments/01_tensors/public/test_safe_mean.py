import torch


def test_integers(student, same):
    """The mean of 1, 2, 4, 5 is 3.0."""
    same(student.safe_mean(torch.tensor([1, 2, 4, 5])), 3.0, "safe_mean([1, 2, 4, 5])")
