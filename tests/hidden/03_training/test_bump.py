import torch

from grader.asking.tolerances import Tolerance


def test_formula(student, reference, agree, rng):
    """Half of the difference of the two climbs, for every x."""
    cases = {
        "a gentle bump": (torch.randn(5, 4, generator=rng, dtype=torch.float64), 0.5, 1.0, 0.7),
        "a steep bump": (torch.randn(30, generator=rng, dtype=torch.float64) * 3, -1.0, 2.0, 8.0),
        "a bump on the right": (torch.rand(6, generator=rng, dtype=torch.float64), 0.2, 0.9, 5.0),
        "a bump on the left": (torch.linspace(-6, 0, 25, dtype=torch.float64), -4.0, -3.5, 3.0),
    }
    agree(
        student.bump, reference.bump, cases, dtypes="floating", layouts=["sliced", "expanded"], shapes="any", graph=True
    )


def test_peak_and_tails(student, same):
    """It is near 1 in the middle, near 0 far away, and a half at both edges."""
    x = torch.tensor([-7.0, 0.0, 2.0, 3.0, 4.0, 6.0, 13.0], dtype=torch.float64)
    due = torch.tensor([0.0, 0.0, 0.5, 1.0, 0.5, 0.0, 0.0], dtype=torch.float64)
    # with steepness 6 the nearest other edge is 6 units of the argument away, where tanh is 1 up to 2e-5
    same(student.bump(x, 2.0, 4.0, 6.0), due, "The bump from 2 to 4", tolerance=Tolerance(0.0, 1e-4))
