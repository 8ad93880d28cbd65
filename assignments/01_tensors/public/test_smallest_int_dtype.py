import torch


def test_two_examples(student, same):
    """0 to 200 fits into uint8, -5 to 100 into int8."""
    same(student.smallest_int_dtype(torch.tensor([0, 200])), torch.uint8, "For 0 and 200")
    same(student.smallest_int_dtype(torch.tensor([-5, 100])), torch.int8, "For -5 and 100")
