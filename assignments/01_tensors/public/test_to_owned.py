import numpy as np
import torch


def test_float64(student, same):
    """An array of float64 becomes a float32 tensor."""
    same(student.to_owned(np.array([0.5, 1.5])), torch.tensor([0.5, 1.5]), "to_owned(np.array([0.5, 1.5]))")
