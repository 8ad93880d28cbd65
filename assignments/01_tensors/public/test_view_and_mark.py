import torch


def test_row(student, same, inplace):
    """The row of a vector of three has the shape (1, 3) and begins with 5."""
    row, _ = inplace(student.view_and_mark)(torch.tensor([1.0, 2.0, 3.0]))
    same(row, torch.tensor([[5.0, 2.0, 3.0]]), "The row")
