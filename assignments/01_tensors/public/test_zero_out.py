import torch


def test_both_give_zeros(student, same, inplace):
    """Both functions give zeros."""
    same(inplace(student.zero_out)(torch.ones(2)), torch.zeros(2), "zero_out(torch.ones(2))")
    same(student.zeroed(torch.ones(2)), torch.zeros(2), "zeroed(torch.ones(2))")
