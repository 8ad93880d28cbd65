import torch


def test_class_rows(student, reference, agree, rng):
    """`class_rows` gives the first few samples of each class, class after class."""
    mixed = torch.arange(4).repeat(5)[torch.randperm(20, generator=rng)]
    agree(
        student.class_rows,
        reference.class_rows,
        {
            "three of each of four classes": (mixed, 4, 3),
            "all of each": (mixed, 4, 5),
            "one of each": (mixed, 4, 1),
            "classes of different sizes": (torch.tensor([2, 0, 2, 1, 1, 2, 1, 0, 2]), 3, 2),
            "one sample of one class": (torch.tensor([0]), 1, 1),
        },
    )


def test_too_few(student, refuses):
    """A class with too few samples, or with none, is refused."""
    targets = torch.tensor([0, 2, 0, 2, 1])
    many = torch.tensor([0, 2, 0, 2, 0, 1, 0])
    cases = {
        "a class with one sample": (targets, 3, 2),
        "a class with one sample, and another with many": (many, 3, 2),
        "no samples": (targets, 4, 1),
    }
    refuses(student.class_rows, cases, ValueError)


def test_sheet(student, reference, agree, rng):
    """`sheet` lays the pictures out in reading order, and leaves the rest at 0."""
    agree(
        student.sheet,
        reference.sheet,
        {
            "two full rows": (torch.rand(6, 1, 2, 3, generator=rng), 3),
            "a row that is not full": (torch.rand(7, 3, 4, 2, generator=rng), 3),
            "one column": (torch.rand(3, 2, 3, 2, generator=rng), 1),
            "more columns than pictures": (torch.rand(2, 1, 3, 3, generator=rng), 4),
            "uint8": (torch.randint(0, 256, (5, 3, 2, 2), generator=rng).to(torch.uint8), 2),
            "negative numbers": (torch.rand(2, 1, 3, 2, generator=rng) - 2, 2),
        },
        layouts=("sliced", "expanded"),
        dtypes="any",
        single=[0, 1, 2, 3],
    )


def test_pure(student, pure, rng):
    """The pictures stay as they are."""
    pure(student.sheet, {"six pictures": (torch.rand(6, 2, 3, 3, generator=rng), 3)})
