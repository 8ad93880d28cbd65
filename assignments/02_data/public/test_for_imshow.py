import numpy as np
import torch


def test_grey(student, same):
    """With mean and std of ½, the values -1, 0 and 1 become 0, ½ and 1, in an array of shape (1, 3)."""
    half = torch.tensor([0.5])
    got = student.for_imshow(torch.tensor([[[-1.0, 0.0, 1.0]]]), half, half)
    same(got, np.array([[0.0, 0.5, 1.0]], dtype=np.float32), "for_imshow(image, ½, ½)")


def test_colours(student, same):
    """The channels come last, and what is beyond 0…1 is limited: 3 becomes 1."""
    half = torch.full((3,), 0.5)
    image = torch.tensor([[[-1.0, 0.0]], [[1.0, 3.0]], [[0.0, -2.0]]])
    due = np.array([[[0.0, 1.0, 0.5], [0.5, 1.0, 0.0]]], dtype=np.float32)
    same(student.for_imshow(image, half, half), due, "for_imshow(image, ½, ½)")
