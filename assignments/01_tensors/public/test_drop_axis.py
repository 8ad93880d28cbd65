import torch


def test_batch_stays(student, same):
    """Dropping axis 1 of (1, 1, 2, 2) leaves (1, 2, 2)."""
    same(student.drop_axis(torch.zeros(1, 1, 2, 2), 1), torch.zeros(1, 2, 2), "drop_axis(torch.zeros(1, 1, 2, 2), 1)")
