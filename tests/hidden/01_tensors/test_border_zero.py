import torch


def matrices(rng):
    return {
        "a wide matrix": (torch.randn(4, 6, generator=rng),),
        "whole numbers": (torch.randint(1, 9, (5, 5), generator=rng),),
        "a 3×3 matrix": (torch.rand(3, 3, generator=rng) + 1,),
        "a single row": (torch.rand(1, 4, generator=rng) + 1,),
        "a single number": (torch.rand(1, 1, generator=rng) + 1,),
    }


def test_all_four_sides(student, reference, agree, rng):
    """First and last row, first and last column are zero; the inside stays."""
    agree(
        student.border_zero,
        reference.border_zero,
        matrices(rng),
        dtypes="any",
        layouts=["sliced", "expanded"],
        single=[0, 1],
    )


def test_whatever_stood_there(student, reference, agree, rng):
    """The border is 0 where NaN or infinity was, too, and the inside stays, whatever it is."""
    t = torch.rand(4, 5, generator=rng) + 1
    t[0, 1] = t[1, 2] = t[3, 4] = float("nan")
    t[2, 0], t[2, 3] = float("inf"), float("-inf")
    agree(student.border_zero, reference.border_zero, [(t,), (t.T,), (t[:, :3],)], layouts=(), nonfinite=True)


def test_argument_stays(student, pure, rng):
    """The matrix that was passed stays as it was."""
    pure(student.border_zero, matrices(rng))
