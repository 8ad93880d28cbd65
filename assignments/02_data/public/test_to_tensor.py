import numpy as np
import torch


def test_one_pixel(student, same):
    """The pixel (0, 51, 255) becomes 0, 0.2 and 1 in three channels."""
    array = np.array([[[0, 51, 255]]], dtype=np.uint8)
    same(student.to_tensor(array), torch.tensor([0.0, 0.2, 1.0]).reshape(3, 1, 1), "to_tensor(array)")
