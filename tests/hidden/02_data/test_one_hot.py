import torch


def codes(rng):
    return {
        "codes that all occur": (torch.tensor([3, 0, 2, 1, 1, 3, 0]), 4),
        "a top code that does not occur": (torch.randint(0, 5, (9,), generator=rng), 7),
        "one sample": (torch.tensor([1]), 3),
        "many samples": (torch.randint(0, 10, (30,), generator=rng), 10),
    }


def test_one_hot(student, reference, agree, rng):
    """`one_hot` has one 1 per row, in the slot of the code, and n columns whatever occurs."""
    agree(student.one_hot, reference.one_hot, codes(rng), layouts=["sliced", "expanded"])


def test_thermometer(student, reference, agree, rng):
    """`thermometer` fills the slots up to the code, itself included."""
    agree(student.thermometer, reference.thermometer, codes(rng), layouts=["sliced", "expanded"])


def test_codes_stay(student, pure, rng):
    """The codes that were passed stay as they were, axes included."""
    pure(student.one_hot, codes(rng))
    pure(student.thermometer, codes(rng))
