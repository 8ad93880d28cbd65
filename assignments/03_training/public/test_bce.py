import math

import torch


def test_scores_of_zero(student, same):
    """At the score 0 the loss is ln 2, and the two pulls are -0.25 and -0.5."""
    got = student.bce(torch.tensor([0.0, 0.0]), torch.tensor([0.0, 1.0]))
    same(got, torch.tensor(math.log(2)), "bce([0, 0], [0, 1])")
    same(student.pulls(torch.tensor([0.0])), (torch.tensor([-0.25]), torch.tensor([-0.5])), "pulls([0])")
