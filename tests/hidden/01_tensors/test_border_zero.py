import torch


def matrices(rng):
    return {
        "a wide matrix": (torch.randn(4, 6, generator=rng),),
        "whole numbers": (torch.randint(1, 9, (5, 5), generator=rng),),
        "a 3×3 matrix": (torch.rand(3, 3, generator=rng) + 1,),
        "a single row": (torch.rand(1, 4, generator=rng) + 1,),
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


def test_argument_stays(student, pure, rng):
    """The matrix that was passed stays as it was."""
    pure(student.border_zero, matrices(rng))
