import numpy as np
import torch


def test_three_points(student, same):
    """The line 2·x + 1 at 0, 1 and 2."""
    params = torch.tensor([2.0, 1.0], requires_grad=True)
    got = student.curve(params, torch.tensor([0.0, 1.0, 2.0]))
    same(got, np.array([1.0, 3.0, 5.0], dtype=np.float32), "curve([2, 1], [0, 1, 2])")
