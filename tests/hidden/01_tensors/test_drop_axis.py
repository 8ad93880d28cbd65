import torch


def test_only_the_named_axis(student, reference, agree, rng):
    """The named axis goes, other axes of size 1 stay."""
    agree(
        student.drop_axis,
        reference.drop_axis,
        {
            "the channel of a batch": (torch.randn(3, 1, 4, 2, generator=rng), 1),
            "the channel of a batch of one": (torch.randn(1, 1, 4, 3, generator=rng), 1),
            "the last axis": (torch.randn(2, 1, 1, generator=rng), 2),
            "a negative axis": (torch.randn(1, 5, 1, 2, generator=rng), -2),
            "whole numbers": (torch.randint(0, 9, (3, 1, 4), generator=rng), 1),
            "a single number": (torch.randn(1, 1, generator=rng), 0),
            "a tensor without elements": (torch.randn(0, 1, 3), 1),
        },
        dtypes="any",
        layouts=["sliced", "expanded"],
    )


def test_longer_axes_are_refused(student, refuses, rng):
    """An axis that is longer than 1, or empty, raises ValueError."""
    t = torch.randn(1, 5, 2, generator=rng)
    refuses(student.drop_axis, [(t, 1), (t, -1), (torch.randn(2, 0), 1)], ValueError)


def test_argument_stays(student, pure, rng):
    """The tensor that was passed keeps its shape."""
    pure(student.drop_axis, [(torch.randn(3, 1, 2, generator=rng), 1), (torch.randn(2, 1, generator=rng), -1)])
