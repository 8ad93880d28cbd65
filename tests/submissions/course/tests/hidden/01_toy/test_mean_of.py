import torch


def test_floats(student, reference, agree, rng):
    """The mean of floats is right, as a Python float."""
    agree(student.mean_of, reference.mean_of, [(torch.rand(3, 2, generator=rng),), (torch.rand(7, generator=rng),)])


def test_integers(student, reference, agree):
    """Whole numbers have a mean as well."""
    agree(student.mean_of, reference.mean_of, [(torch.arange(4),), (torch.tensor([1, 2, 6]),)])
