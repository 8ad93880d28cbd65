import torch


def test_four_numbers(student, same):
    """evenly(0, 2, 0.5) is 0, 0.5, 1, 1.5."""
    same(student.evenly(0, 2, 0.5), torch.tensor([0.0, 0.5, 1.0, 1.5]), "evenly(0, 2, 0.5)")
