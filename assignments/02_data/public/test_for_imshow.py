import numpy as np
import torch


def test_grey(student, same):
    """With mean and std of ½, the values -1, 0 and 1 become 0, ½ and 1, in an array of shape (1, 3)."""
    half = torch.tensor([0.5])
    got = student.for_imshow(torch.tensor([[[-1.0, 0.0, 1.0]]]), half, half)
    same(got, np.array([[0.0, 0.5, 1.0]], dtype=np.float32), "for_imshow(image, ½, ½)")
