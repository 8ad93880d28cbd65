import torch


def test_one_pixel(student, same):
    """One white pixel in a batch of one picture is 1.0 in grey."""
    gray = student.to_gray(torch.ones(1, 3, 1, 1), torch.tensor([0.25, 0.5, 0.25]))
    same(gray, torch.ones(1, 1, 1), "to_gray(torch.ones(1, 3, 1, 1), weights)")
