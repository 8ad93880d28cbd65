import torch

from grader import probe


@probe
def f(p):
    return p[0] ** 3 + 2 * p[0] * p[1]


def test_a_cube(student, same):
    """For p0³ + 2·p0·p1 at (1, 1) with delta 0.5 the two slopes are 3.25 + 2 and 2."""
    got = student.numeric_gradient(f, torch.tensor([1.0, 1.0]), 0.5)
    same(got, torch.tensor([5.25, 2.0]), "numeric_gradient(f, [1, 1], 0.5)")
