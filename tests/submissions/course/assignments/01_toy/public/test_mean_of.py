import torch


def test_two(student, same):
    """The mean of 1 and 3 is 2.0."""
    same(student.mean_of(torch.tensor([1, 3])), 2.0, "mean_of([1, 3])")
