import torch


def test_ranks(student, same):
    """The four tensors have the ranks 0, 1, 2, 3 and are int64."""
    ladder = student.build_ladder()
    same([t.ndim for t in ladder], [0, 1, 2, 3], "The ranks")
    same([t.dtype for t in ladder], [torch.int64] * 4, "The dtypes")
