import torch


def test_nine(student, same):
    """root([9.0]) is [3.0]."""
    same(student.root(torch.tensor([9.0])), torch.tensor([3.0]), "root([9.0])")
