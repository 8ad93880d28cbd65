import torch

from grader.asking.tolerances import Tolerance

# "Standard deviation 1" may be 1 - 1e-8: many add such a number to every divisor.
WITH_EPSILON = Tolerance(1e-7, 1e-7)
SMALL = Tolerance(1e-3, 1e-3)  # the same, for a spread of 0.0003


def tensors(rng):
    return [
        (torch.rand(30, generator=rng) * 9 + 4,),
        (torch.randn(4, 5, generator=rng) * 3,),
        (torch.tensor([1.0, 2.0, 3.0, 4.0]),),
        (torch.randn(1, 6, generator=rng),),
        (torch.randn(6, 1, generator=rng),),
        (torch.randn(3, 3, generator=rng),),
        (torch.randn(2, 5, 1, 4, generator=rng),),
        (torch.randn(5, generator=rng).expand(3, 5),),
    ]


def test_mean_and_spread(student, reference, agree, rng):
    """The result has mean 0 and standard deviation 1 over all elements."""
    agree(student.standardise, reference.standardise, tensors(rng), dtypes=[torch.float16])


def test_float64(student, reference, agree, rng):
    """In float64, too, and without losing digits on the way."""
    cases = [(t.double(),) for (t,) in tensors(rng)]
    agree(student.standardise, reference.standardise, cases, tolerance=WITH_EPSILON)


def test_far_from_zero_or_close_together(student, reference, agree, rng):
    """Numbers that are large beside their spread, and numbers whose spread is small, come out right as well."""
    near = torch.randn(40, generator=rng)
    agree(student.standardise, reference.standardise, [(near + 3000,), (near[:20] * 2 - 5000,)])
    agree(student.standardise, reference.standardise, [(near / 2000,), (near[:20] / 3000,)], tolerance=SMALL)


def test_argument_stays(student, pure, rng):
    """The tensor that was passed stays as it was."""
    pure(student.standardise, tensors(rng))
