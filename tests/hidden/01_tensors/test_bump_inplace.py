import numpy as np
import torch

from grader import probe


@probe
def across(f, array):
    t = f(array)
    doubled = array.copy()
    array += 1
    return {"the array": doubled, "the tensor": t.clone(), "after one more change": array.copy()}


def test_array_and_tensor_change(student, same, run, rng):
    """The array is doubled, and the tensor goes on showing what happens to it."""
    numbers = np.random.default_rng(rng.initial_seed())
    for dtype in (np.float32, np.float64, np.float16):
        array = numbers.normal(size=(3, 4)).astype(dtype)[:, ::2] if dtype is np.float64 else numbers.normal(size=5)
        array = array.astype(dtype, copy=False)
        due = {
            "the array": array * 2,
            "the tensor": torch.from_numpy(array * 2 + 1),
            "after one more change": array * 2 + 1,
        }
        same(run(across, student.bump_inplace, array), due, "After `bump_inplace(array)` and `array += 1`")
