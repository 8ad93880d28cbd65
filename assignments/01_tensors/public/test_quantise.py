import torch


def test_three_numbers(student, same):
    """With scale 0.5 and zero point 10: 0 is 10, 1 is 12, -0.9 is 8."""
    due = torch.tensor([10, 12, 8], dtype=torch.uint8)
    same(student.quantise(torch.tensor([0.0, 1.0, -0.9]), 0.5, 10), due, "quantise([0, 1, -0.9], 0.5, 10)")
