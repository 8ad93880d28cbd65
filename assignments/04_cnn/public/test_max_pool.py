import torch


def test_four_windows(student, same):
    """The numbers 0 to 15 in 4×4 become 2×2."""
    x = torch.arange(16.0).reshape(1, 1, 4, 4)
    same(student.max_pool(x, 2), torch.tensor([[[[5.0, 7.0], [13.0, 15.0]]]]), "max_pool(x, 2)")


def test_left_over(student, same):
    """Of 3×5 pixels, a row and a column fill no window."""
    x = torch.arange(15.0).reshape(1, 1, 3, 5)
    same(student.max_pool(x, 2), torch.tensor([[[[6.0, 8.0]]]]), "max_pool of 3×5 pixels")
