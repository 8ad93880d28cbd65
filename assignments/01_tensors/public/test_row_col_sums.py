import torch


def test_two_by_three(student, same):
    """[[1, 2, 3], [4, 5, 6]] has the column sums 5, 7, 9 and the row sums 6, 15."""
    columns, rows = student.row_col_sums(torch.tensor([[1, 2, 3], [4, 5, 6]]))
    same(columns, torch.tensor([5, 7, 9]), "The column sums")
    same(rows, torch.tensor([6, 15]), "The row sums")
