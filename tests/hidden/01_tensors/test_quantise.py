import torch


def test_rounds_to_the_nearest_code(student, reference, agree, rng):
    """Codes are rounded, not cut off, and moved by the zero point."""
    t = torch.rand(40, generator=rng) * 4 - 2
    agree(
        student.quantise, reference.quantise, [(t, 0.05, 100), (t.reshape(5, 8), 0.031, 128)], single=[0, -1], empty=[0]
    )


def test_limits(student, reference, agree, rng):
    """What is too small becomes 0, what is too large 255."""
    t = torch.randn(50, generator=rng) * 10
    agree(student.quantise, reference.quantise, [(t, 0.04, 128), (t, 0.02, 0)])
