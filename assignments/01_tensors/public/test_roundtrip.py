import torch


def test_comes_back(student, same):
    """The tensor comes back from a file."""
    same(student.roundtrip(torch.arange(3), "roundtrip-check.pt"), torch.arange(3), "roundtrip(torch.arange(3), path)")
