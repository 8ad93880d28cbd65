import torch


def cases(rng):
    return {
        "a positive mean": (torch.randn(2, generator=rng, dtype=torch.float64), 50.0, 16.0),
        "a negative mean": (torch.randn(2, generator=rng, dtype=torch.float64), -3.0, 0.25),
        "a mean of zero": (torch.rand(2, generator=rng), 0.0, 2.0),
    }


def test_same_predictions(student, reference, agree, rng):
    """The new line says of x what the old one said of (x - mean) / std."""
    agree(student.unscale, reference.unscale, cases(rng), dtypes="floating", layouts=["sliced", "expanded"])


def test_argument_stays(student, pure, rng):
    """The parameters that were passed stay as they were."""
    pure(student.unscale, cases(rng))
