import torch


def test_the_picture_above(student, same):
    """Eleven samples, windows of four, three apart: the figure's windows."""
    due = torch.tensor([[0, 1, 2, 3], [3, 4, 5, 6], [6, 7, 8, 9]])
    same(student.windows(torch.arange(11), 4, 3), due, "windows(torch.arange(11), 4, 3)")
