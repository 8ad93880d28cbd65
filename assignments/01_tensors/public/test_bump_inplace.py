import numpy as np
import torch


def test_doubled(student, same, inplace):
    """The tensor holds the doubled numbers."""
    same(
        inplace(student.bump_inplace)(np.array([1.0, 2.5])),
        torch.tensor([2.0, 5.0], dtype=torch.float64),
        "bump_inplace([1, 2.5])",
    )
