import torch


def test_rounds_to_the_nearest_code(student, reference, agree, rng):
    """Codes are rounded, not cut off, and moved by the zero point."""
    t = torch.rand(40, generator=rng) * 4 - 2
    agree(
        student.quantise,
        reference.quantise,
        [
            (t.reshape(5, 8), 0.05, 100),
            (t, 0.031, 128),
            (t.reshape(8, 5), 0.1, 9),
            (t[:1], 0.05, 100),
            (t[:0], 0.05, 100),
        ],
        shapes="any",
        layouts=["sliced", "expanded"],
        single=[0, 1],
        empty=[0],
    )


def test_halves(student, reference, agree):
    """A half is rounded as `torch.round` does it, to the even neighbour, before the zero point is added."""
    t = torch.arange(-7, 8) * 0.25
    in_float32 = torch.tensor([-5.65, -2.55, -2.45, -1.85, -1.45, -1.15])  # tenths, halves as float32 divides them
    agree(
        student.quantise,
        reference.quantise,
        [(t, 0.5, 100), (t, 0.5, 7), (t * 2, 1.0, 51), (in_float32, 0.1, 100)],
    )


def test_limits(student, reference, agree, rng):
    """What is too small becomes 0, what is too large 255."""
    t = torch.randn(50, generator=rng) * 10
    huge = torch.tensor([1e12, -1e12, 3e9, 0.0, 1e30, -1e30])
    agree(student.quantise, reference.quantise, [(t, 0.04, 128), (t, 0.02, 0), (huge, 0.5, 3)])
