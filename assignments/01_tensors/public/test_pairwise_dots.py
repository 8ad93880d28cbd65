import torch


def test_three_by_two(student, same):
    """Every row of A with every row of B."""
    a = torch.tensor([[1.0, 2], [3, 4], [5, 6]])
    b = torch.tensor([[7.0, 10], [8, 11], [9, 12]])
    same(
        student.pairwise_dots(a, b), torch.tensor([[27.0, 30, 33], [61, 68, 75], [95, 106, 117]]), "pairwise_dots(A, B)"
    )
