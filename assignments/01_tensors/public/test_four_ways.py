import numpy as np
import torch


def test_dtypes(student, same):
    """From [1, 2, 3] the first is float32, the other three int64."""
    made = student.four_ways(np.array([1, 2, 3]))
    due = {"Tensor": torch.float32, "tensor": torch.int64, "as_tensor": torch.int64, "from_numpy": torch.int64}
    same({name: made[name].dtype for name in made}, due, "The dtypes")
