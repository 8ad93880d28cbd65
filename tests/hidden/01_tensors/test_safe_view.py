import torch


def test_reading_order(student, reference, agree, rng):
    """The elements come in reading order, for contiguous tensors and for others."""
    t = torch.randn(4, 6, generator=rng)
    cases = {
        "a transpose": (t.T, (4, 6)),
        "a contiguous tensor": (t, (3, 8)),
        "a slice": (t[:, 1:4], (12,)),
        "whole numbers": (torch.arange(6), (2, 3)),
        "a single row": (t[:1], (2, 3)),
        "a single column": (t[:, :1], (2, 1, 2)),
        "a single number": (t[:1, :1], ()),
        "a scalar": (t[1, 2], (1, 1)),
        "no elements": (t[:0], (3, 0)),
        "axes of size 1": (t, (4, 1, 6, 1)),
        "a permuted tensor": (torch.randn(2, 3, 4, generator=rng).permute(2, 0, 1), (24,)),
    }
    agree(student.safe_view, reference.safe_view, cases, dtypes="any", layouts=["sliced", "expanded"])


def test_shares_when_it_can(student, shares, rng):
    """Nothing is copied that can be read in another shape where it lies: contiguous or not."""
    t = torch.randn(4, 6, generator=rng)
    cases = {
        "a contiguous tensor": (t, (24,)),
        "the lower rows of a table": (t[2:], (3, 4)),
        "every second row": (t[::2], (2, 2, 3)),
        "a transpose with one more axis": (t.T, (6, 1, 4)),
    }
    shares(student.safe_view, cases)


def test_argument_stays(student, pure, rng):
    """The tensor that was passed keeps its shape."""
    t = torch.randn(4, 6, generator=rng)
    pure(student.safe_view, [(t, (2, 12)), (t.T, (24,))])
