import torch


def test_weights_per_channel(student, same):
    """Three weights per channel become (3, 1, 1)."""
    same(
        student.align_axes(torch.arange(3.0), "c", "chw"),
        torch.arange(3.0).reshape(3, 1, 1),
        "align_axes(t, 'c', 'chw')",
    )
