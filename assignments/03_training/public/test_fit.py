import torch


def test_one_step_and_a_verdict(student, same):
    """One step with rate 0.25 on two points, both x = 1, t = 3, and three lists of losses."""
    params, losses = student.fit(torch.ones(2), torch.full((2,), 3.0), torch.tensor([1.0, 0.0]), 0.25, 1)
    same(params, torch.tensor([2.0, 1.0]), "The parameters after one step")
    same(losses, [4.0], "The losses")
    same(student.diverged([4.0, 5.0, 1.0]), False, "diverged([4, 5, 1])")
    same(student.diverged([4.0, 5.0, float("inf")]), True, "diverged([4, 5, inf])")
    same(student.diverged([4.0, float("nan"), float("nan")]), True, "diverged([4, nan, nan])")
