import torch


def test_first_step(student, same):
    """The first step from 1 with any positive gradient goes down by the rate."""
    zero = torch.zeros(2)
    p, m, v = student.adam_step(torch.ones(2), torch.tensor([0.5, 2.0]), zero, zero, 1, 0.25)
    same(p, torch.tensor([0.75, 0.75]), "The parameters")
    same(m, torch.tensor([0.05, 0.2]), "The first memory")
    same(v, torch.tensor([0.00025, 0.004]), "The second memory")
