import torch


def test_values(student, reference, agree, rng):
    """Every element gives its root."""
    agree(student.root, reference.root, [(torch.rand(3, 2, generator=rng),), (torch.rand(7, generator=rng) * 99,)])


def test_pure(student, pure, rng):
    """The argument stays as it was."""
    pure(student.root, [(torch.rand(4, generator=rng),)])
