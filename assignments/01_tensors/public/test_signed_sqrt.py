import torch


def test_three_numbers(student, same):
    """9, -4, 0 become 3, -2, 0."""
    same(student.signed_sqrt(torch.tensor([9.0, -4.0, 0.0])), torch.tensor([3.0, -2.0, 0.0]), "signed_sqrt([9, -4, 0])")
