import torch


def days(rng):
    """Three days, each warmer than the one before it."""
    x = 20 * torch.rand(3, 4, 6, generator=rng) + 30 * torch.arange(3.0).reshape(3, 1, 1)
    x[:, 2] = torch.randint(1, 4, (3, 6), generator=rng).float()  # levels 1 to 3: the highest does not occur
    return x


def test_levels(student, reference, agree, rng):
    """ "levels" maps 1…levels onto 0…1 evenly, whether or not all of them occur."""
    cases = {"four levels": (days(rng), 2, "levels"), "five levels": (days(rng), 2, "levels", 5)}
    agree(student.rescale, reference.rescale, cases, layouts=["sliced", "expanded"], single=[0])


def test_minmax(student, reference, agree, rng):
    """ "minmax" uses the smallest and the largest value of the channel over all days; other channels stay."""
    agree(
        student.rescale,
        reference.rescale,
        [(days(rng), 0, "minmax"), (days(rng) - 40, 3, "minmax")],
        layouts=["sliced", "expanded"],
        single=[2],
    )


def test_zscore(student, reference, agree, rng):
    """ "zscore" uses mean and standard deviation of the channel over all days; other channels stay."""
    agree(
        student.rescale,
        reference.rescale,
        [(days(rng), 1, "zscore"), (days(rng) - 40, 3, "zscore")],
        layouts=["sliced", "expanded"],
    )


def test_days_stay(student, pure, rng):
    """The days that were passed stay as they were."""
    pure(student.rescale, {how: (days(rng), 2, how) for how in ("levels", "minmax", "zscore")})


def test_other_words_are_refused(student, refuses, rng):
    """Any other `how` raises ValueError."""
    refuses(student.rescale, [(days(rng), 0, "log"), (days(rng), 1, "min-max")], ValueError)
