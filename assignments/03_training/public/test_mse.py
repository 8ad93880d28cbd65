import torch


def test_by_hand(student, same):
    """Two pairs by hand, and the errors 1, -1, 1, -7."""
    same(student.mse(torch.tensor([1.0, 2.0]), torch.tensor([3.0, 2.0])), torch.tensor(2.0), "mse([1, 2], [3, 2])")
    same(student.worst_share(torch.tensor([1.0, -1.0, 1.0, -7.0])), (0.7, 49 / 52), "worst_share([1, -1, 1, -7])")


def test_a_column_and_a_vector(student, refuses):
    """The shapes (2, 1) and (2,) are not the same, though they could be broadcast."""
    refuses(student.mse, {"a column and a vector": (torch.ones(2, 1), torch.ones(2))}, ValueError)
