import torch


def test_three_by_two(student, same):
    """Every row of A with every row of B."""
    a = torch.tensor([[1.0, 2], [3, 4], [5, 6]])
    b = torch.tensor([[7.0, 10], [8, 11], [9, 12]])
    same(
        student.pairwise_dots(a, b), torch.tensor([[27.0, 30, 33], [61, 68, 75], [95, 106, 117]]), "pairwise_dots(A, B)"
    )


def test_a_batch(student, same):
    """Two matrices of one row each, and two of two rows."""
    a = torch.tensor([[[1.0, 2]], [[3, 4]]])
    b = torch.tensor([[[1.0, 0], [0, 1]], [[1, 1], [2, 0]]])
    same(student.pairwise_dots(a, b), torch.tensor([[[1.0, 2]], [[7, 6]]]), "For two batches of two matrices")
