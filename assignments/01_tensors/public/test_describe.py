import torch


def test_a_matrix(student, same):
    """A 3×4 matrix of zeros: rank 2, 12 elements, 48 bytes."""
    due = {"rank": 2, "shape": (3, 4), "numel": 12, "dtype": "float32", "device": "cpu", "nbytes": 48}
    same(student.describe(torch.zeros(3, 4)), due, "describe(torch.zeros(3, 4))")
