import torch


def test_the_three(student, same):
    """In [[1, 2, 3], [4, 5, 6], [7, 8, 9]] the 3 is at (0, 2)."""
    t = torch.tensor([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    same(student.index_path(t, 3), (0, 2), "index_path(t, 3)")
