import torch


def test_small_numbers(student, same):
    """Between 2 and 6, in 0 to 9, lie three numbers."""
    same(student.count_between(torch.arange(10), 2, 6), 3, "count_between(torch.arange(10), 2, 6)")
