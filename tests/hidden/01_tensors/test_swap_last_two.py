import torch


def test_any_rank(student, reference, agree, rng):
    """The last two axes change places, all others stay."""
    shapes = [(3, 4), (2, 3, 4), (2, 3, 4, 5), (3, 3, 3)]
    cases = [(torch.randn(shape, generator=rng),) for shape in shapes]
    agree(
        student.swap_last_two,
        reference.swap_last_two,
        [*cases, (torch.randint(0, 99, (2, 4), generator=rng),)],
        dtypes="any",
        layouts=["sliced", "expanded"],
        single=[0, 1],
        empty=[0],
    )


def test_argument_stays(student, pure, rng):
    """The tensor that was passed keeps its shape."""
    pure(student.swap_last_two, [(torch.randn(3, 4, generator=rng),), (torch.randn(2, 3, 4, generator=rng),)])
