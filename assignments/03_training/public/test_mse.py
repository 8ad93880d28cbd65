import torch


def test_by_hand(student, same):
    """Two pairs by hand, and the errors 1, 1, 1, 7."""
    same(student.mse(torch.tensor([1.0, 2.0]), torch.tensor([3.0, 2.0])), torch.tensor(2.0), "mse([1, 2], [3, 2])")
    same(student.worst_share(torch.tensor([1.0, 1.0, 1.0, 7.0])), (0.7, 49 / 52), "worst_share([1, 1, 1, 7])")
