import torch


def tensors(rng):
    return [
        (torch.rand(30, generator=rng) * 9 + 4,),
        (torch.randn(4, 5, generator=rng, dtype=torch.float64) * 3,),
        (torch.tensor([1.0, 2.0, 3.0, 4.0]),),
    ]


def test_mean_and_spread(student, reference, agree, rng):
    """The result has mean 0 and standard deviation 1 over all elements."""
    agree(student.standardise, reference.standardise, tensors(rng))


def test_argument_stays(student, pure, rng):
    """The tensor that was passed stays as it was."""
    pure(student.standardise, tensors(rng))
