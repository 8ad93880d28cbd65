import torch


def test_one_row(student, same):
    """Only one row has more than 4 in column 1."""
    t = torch.tensor([[1, 2], [3, 8], [5, 4]])
    same(student.rows_above(t, 1, 4), torch.tensor([[3, 8]]), "rows_above(t, 1, 4)")
