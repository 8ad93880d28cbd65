import torch


def test_two(student, same):
    """double([1, 2]) is [2, 4]."""
    same(student.double(torch.tensor([1, 2])), torch.tensor([2, 4]), "double([1, 2])")
