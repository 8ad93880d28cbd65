import math

import torch


def test_scores_of_zero(student, same):
    """At the score 0 the loss is ln 2, and the two pulls are -0.25 and -0.5."""
    got = student.bce(torch.tensor([0.0, 0.0]), torch.tensor([0.0, 1.0]))
    same(got, torch.tensor(math.log(2)), "bce([0, 0], [0, 1])")
    same(student.pulls(torch.tensor([0.0])), (torch.tensor([-0.25]), torch.tensor([-0.5])), "pulls([0])")


def test_as_wrong_as_can_be(student, same):
    """The score -200 for a sample of class 1 costs 200, and that for a sample of class 0 nothing."""
    got = student.bce(torch.tensor([-200.0, -200.0]), torch.tensor([1.0, 0.0]))
    same(got, torch.tensor(100.0), "bce([-200, -200], [1, 0])")
