import torch


def test_mean_2_std_4(student, same):
    """w = 8 and b = 1 for (x - 2) / 4 are w = 2 and b = -3 for x."""
    same(student.unscale(torch.tensor([8.0, 1.0]), 2.0, 4.0), torch.tensor([2.0, -3.0]), "unscale([8, 1], 2, 4)")
