import torch

from grader.asking.tolerances import Tolerance

# float32 numbers near 1000 are 6e-5 apart, and an exponent that is off by that much changes the power by as much
NEAR_1000 = Tolerance(2e-4, 1e-6)


def test_every_axis(student, reference, agree, rng):
    """The results along the axis add up to 1, for each of the other places on its own."""
    cube = torch.randn(2, 3, 4, generator=rng, dtype=torch.float64) * 2
    cases = {
        "rows": (torch.randn(5, 3, generator=rng), 1),
        "columns": (torch.randn(5, 3, generator=rng), 0),
        "a vector": (torch.randn(6, generator=rng), 0),
        "a single score": (torch.randn(1, generator=rng), 0),
        "the middle axis": (cube, 1),
        "the last axis": (cube, -1),
    }
    agree(
        student.softmax,
        reference.softmax,
        cases,
        dtypes="floating",
        layouts=["sliced", "expanded"],
        single=[0, 1],
        graph=True,
    )


def test_large_scores(student, reference, agree):
    """Scores of 1000 or -1000 give neither NaN nor zero sums."""
    cases = {
        "large scores": (torch.tensor([[1000.0, 999.0, 0.0], [1.0, 2.0, 1000.0]]), 1),
        "very negative scores": (torch.tensor([[-1000.0, -1001.0], [-1000.0, -1000.0]]), 1),
        "large scores in one row only": (torch.tensor([[1000.0, 998.0], [1.0, 2.0]]), 1),
    }
    agree(student.softmax, reference.softmax, cases, tolerance=NEAR_1000)
