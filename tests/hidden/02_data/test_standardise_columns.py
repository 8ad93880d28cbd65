import torch

from grader.asking.tolerances import Tolerance


def tables(rng):
    scale, shift = torch.tensor([40.0, 0.01, 1.0, 5.0]), torch.tensor([138.0, 0.05, 3.0, -2.0])
    train, test = (shift + scale * torch.randn(n, 4, generator=rng) for n in (9, 6))
    outlier = test.clone()
    outlier[2, 1] = 100.0
    return {
        "columns of different scales": (train, test),
        "an outlier among the test rows": (train, outlier),
        "as many rows as columns": (train[:4], test[:4]),
        "few test rows": (train, test[:2]),
        "tiny numbers": tuple(1e-6 * torch.randn(n, 3, generator=rng) for n in (7, 4)),
        "first and last row alike": (torch.cat([train, train[:1]]), test),
        "all rows but one alike": (torch.cat([train[:1].expand(5, 4), train[1:2], train[:1]]), test),
        "numbers above zero, a single test row": (train.abs(), test[:1].abs()),
    }


def constant(rng):
    train, test = torch.randn(6, 3, generator=rng), torch.randn(4, 3, generator=rng)
    train[:, 1] = 2.0
    test[:, 1] = torch.tensor([2.0, 3.5, 2.0, -1.0])
    rounded = torch.full((10, 1), 138.7)  # in float32 the mean of ten of these is not 138.7
    return {
        "a column that is 2 in all training rows": (train, test),
        "the other way round": (train.flip(1), test),
        "a column that is 138.7 in all training rows": (rounded, test[:, :1] + 100.0),
    }


def test_scale_of_the_training_rows(student, reference, agree, rng):
    """Both tables are on the scale of the training rows, column by column; the test rows have no say in it."""
    agree(
        student.standardise_columns,
        reference.standardise_columns,
        tables(rng),
        dtypes="floating",
        single=[1],
        parts="training rows, test rows",
    )


def test_small_spreads(student, reference, agree, rng):
    """A column whose numbers lie close to each other is divided by its spread all the same."""
    close = {
        f"numbers around {middle} in float64": tuple(
            middle + 1e-4 * torch.randn(n, 2, generator=rng, dtype=torch.float64) for n in (8, 3)
        )
        for middle in (100, -7)
    }
    rounded = Tolerance(1e-6, 1e-6)  # 1e-16 of the numbers are 1e-10 of their spread
    agree(
        student.standardise_columns,
        reference.standardise_columns,
        close,
        tolerance=rounded,
        parts="training rows, test rows",
    )


def test_constant_columns(student, reference, agree, rng):
    """A column that is constant in the training rows is centred, and not divided."""
    agree(
        student.standardise_columns,
        reference.standardise_columns,
        constant(rng),
        layouts=["sliced", "expanded"],
        parts="training rows, test rows",
    )


def test_tables_stay(student, pure, rng):
    """The tables that were passed stay as they were."""
    pure(student.standardise_columns, tables(rng))
