import torch


def pictures(rng):
    image = torch.randint(0, 256, (6, 7), generator=rng, dtype=torch.uint8)
    return image, torch.randint(0, 256, (2, 3, 4), generator=rng, dtype=torch.uint8)


def test_sums_stay_in_range(student, reference, agree, rng):
    """Bright pixels stop at 255 instead of starting again at 0."""
    one, two = pictures(rng)
    agree(
        student.brighten,
        reference.brighten,
        {
            "the amount 100": (one, 100),
            "the amount 255": (two, 255),
            "the amount 0": (one, 0),
            "the amount 37": (one, 37),
        },
        shapes="any",
        layouts=["sliced", "expanded"],
        single=[0, -1],
        empty=[0],
    )


def test_darker(student, reference, agree, rng):
    """With a negative amount, dark pixels stop at 0."""
    one, two = pictures(rng)
    agree(
        student.brighten,
        reference.brighten,
        {"the amount -60": (one, -60), "the amount -127": (two, -127), "the amount -255": (one, -255)},
    )


def test_argument_stays(student, pure, owns, rng):
    """The picture that was passed stays as it was, and the result is a new one, also where nothing is added."""
    one, _ = pictures(rng)
    pure(student.brighten, [(one, 40)])
    owns(student.brighten, [(one, 40), (one, 0)])
