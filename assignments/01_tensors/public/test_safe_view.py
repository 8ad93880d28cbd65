import torch


def test_a_transpose(student, same):
    """The transpose of [[1, 2], [3, 4]] reads 1, 3, 2, 4."""
    same(student.safe_view(torch.tensor([[1, 2], [3, 4]]).T, (4,)), torch.tensor([1, 3, 2, 4]), "For a transpose")
