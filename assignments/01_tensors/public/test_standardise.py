import torch


def test_three_numbers(student, same):
    """1, 2, 3 become -1, 0, 1."""
    same(student.standardise(torch.tensor([1.0, 2.0, 3.0])), torch.tensor([-1.0, 0.0, 1.0]), "standardise([1, 2, 3])")
