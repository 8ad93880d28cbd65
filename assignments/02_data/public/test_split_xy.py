import torch


def test_two_samples(student, same):
    """The last column of a (2, 3) table becomes the target, int64 of shape (2,)."""
    table = torch.tensor([[0.5, 1.5, 6.0], [2.5, 3.5, 4.0]])
    same(student.split_xy(table), (table[:, :2], torch.tensor([6, 4])), "split_xy(table)")
