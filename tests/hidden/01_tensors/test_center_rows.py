import torch


def test_every_row(student, reference, agree, rng):
    """Every row has mean 0, also in a square table."""
    cases = {
        "a wide table": (torch.randn(3, 5, generator=rng),),
        "a square table": (torch.randn(4, 4, generator=rng),),
        "float64": (torch.randn(2, 3, generator=rng, dtype=torch.float64),),
    }
    agree(
        student.center_rows,
        reference.center_rows,
        cases,
        dtypes="floating",
        layouts=["sliced", "expanded"],
        single=[0, -1],
    )


def test_argument_stays(student, pure, rng):
    """The table that was passed stays as it was."""
    pure(student.center_rows, [(torch.randn(3, 3, generator=rng),)])
