import torch


def test_one_step(student, same):
    """p = 1, g = 2, v = 6 with rate 0.1 and momentum 0.5 give v = 5 and p = 0.5."""
    got = student.momentum_step(torch.tensor(1.0), torch.tensor(2.0), torch.tensor(6.0), 0.1, 0.5)
    same(got, (torch.tensor(0.5), torch.tensor(5.0)), "momentum_step(1, 2, 6, 0.1, 0.5)")
