import torch


def test_values(student, reference, agree, rng):
    """Every element is doubled, for whole numbers and for floats."""
    agree(student.double, reference.double, [(torch.rand(3, 2, generator=rng),), (torch.arange(5),)])


def test_new(student, pure, rng):
    """The argument stays as it was."""
    pure(student.double, [(torch.rand(4, generator=rng),)])
