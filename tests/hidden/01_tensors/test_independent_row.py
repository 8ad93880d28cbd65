import torch


def test_the_row(student, reference, agree, rng):
    """The result is row i."""
    t = torch.randn(4, 3, generator=rng)
    whole = torch.randint(0, 99, (4, 3), generator=rng)
    agree(
        student.independent_row,
        reference.independent_row,
        [(t, 0), (t, 2), (t.T, 1), (whole, 3), (t[:3], 1)],
        dtypes="any",
        layouts=["sliced", "expanded"],
        single=[0, 1],
    )


def test_its_own_memory(student, owns, rng):
    """Writing into the row does not reach the matrix."""
    t = torch.randn(4, 3, generator=rng)
    owns(student.independent_row, [(t, 1), (t.T, 2), (t[:1], 0), (t[:, :1], 2)])
