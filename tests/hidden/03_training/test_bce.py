import torch

from grader.asking.tolerances import Tolerance
from grader.asking.words import count

FAR_OUT = Tolerance(1e-12, 1e-15)  # near 0 and 1, p is rounded to 1e-16


def test_bce(student, reference, agree, rng):
    """`bce` is the mean binary cross-entropy for both classes."""
    cases = {
        f"{count(n, 'score')}": (
            2 * torch.randn(n, generator=rng, dtype=torch.float64),
            torch.randint(2, (n,), generator=rng).double(),
        )
        for n in (9, 4, 1)
    }
    agree(student.bce, reference.bce, cases, dtypes="floating", layouts=["sliced", "expanded"], graph=True)


def test_extreme_scores(student, reference, agree):
    """Scores of 1000 and -1000 give a finite loss, right or wrong."""
    scores = torch.tensor([1000.0, -1000.0, 120.0, -120.0])
    cases = {
        "extreme scores that are right": (scores, torch.tensor([1.0, 0.0, 1.0, 0.0])),
        "extreme scores that are wrong": (scores, torch.tensor([0.0, 1.0, 0.0, 1.0])),
    }
    agree(student.bce, reference.bce, cases)


def test_pulls(student, reference, agree, same, rng):
    """`pulls` are the derivatives by the score, one for each sample and each of the two losses."""
    cases = {
        "moderate scores": (2 * torch.randn(8, generator=rng, dtype=torch.float64),),
        "scores above zero": (torch.rand(4, generator=rng, dtype=torch.float64),),
        "a single score": (torch.zeros(1, dtype=torch.float64),),
    }
    parts = "derivative of (p - 1)², derivative of -log(p)"
    agree(
        student.pulls,
        reference.pulls,
        cases,
        parts=parts,
        dtypes=[torch.float32],
        layouts=["sliced", "expanded"],
        single=[0],
    )
    far = torch.tensor([-20.0, -10.0, 10.0, 20.0], dtype=torch.float64)
    what = "`pulls` for hopeless and certain scores"
    same(student.pulls(far), reference.pulls(far), what, parts=parts, tolerance=FAR_OUT)


def test_scores_stay(student, pure, rng):
    """The scores stay as they were, with both functions."""
    pure(student.bce, [(torch.randn(6, generator=rng), torch.randint(2, (6,), generator=rng).float())])
    pure(student.pulls, [torch.randn(6, generator=rng)])
