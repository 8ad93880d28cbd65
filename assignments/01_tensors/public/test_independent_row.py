import torch


def test_second_row(student, same):
    """Row 1 of [[1, 2], [3, 4]] is [3, 4]."""
    same(student.independent_row(torch.tensor([[1, 2], [3, 4]]), 1), torch.tensor([3, 4]), "independent_row(t, 1)")
