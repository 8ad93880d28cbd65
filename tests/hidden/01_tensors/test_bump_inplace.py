import numpy as np
import torch

from grader import probe


@probe
def across(f, whole, way):
    array = whole.T if way == "transposed" else whole[..., 1::2] if way == "a part" else whole
    t = f(array)
    doubled = array.copy()
    array += 1
    return {"the array": doubled, "the tensor": t.clone(), "after one more change": array.copy()}


@probe
def calls(f, array):
    return [(f, array)]


def arrays(rng):
    numbers = np.random.default_rng(rng.initial_seed())
    table = numbers.normal(size=(3, 4))
    return {
        "float32": numbers.normal(size=5).astype(np.float32),
        "float64": table,
        "float16": numbers.normal(size=5).astype(np.float16),
        "a square": numbers.normal(size=(3, 3)),
        "a row": table[:1],
        "a column": table[:, :1],
        "four axes": numbers.normal(size=(1, 2, 5, 1)),
        "positive numbers": table**2 + 1,
        "one number": numbers.normal(size=1),
        "no numbers": numbers.normal(size=(0, 3)),
        "no axes": numbers.normal(size=()),
    }


def test_array_and_tensor_change(student, same, run, untouched, rng):
    """The array is doubled, and the tensor goes on showing what happens to it; any shape, however it lies."""
    ways = [("", label, array) for label, array in arrays(rng).items()]
    ways += [(way, way, arrays(rng)["float64"]) for way in ("transposed", "a part")]
    for way, label, whole in ways:
        array = whole.T if way == "transposed" else whole[..., 1::2] if way == "a part" else np.asarray(whole)
        after = np.asarray(array * array.dtype.type(2) + array.dtype.type(1))
        due = {
            "the array": np.asarray(array * array.dtype.type(2)),
            "the tensor": torch.from_numpy(after.copy()),
            "after one more change": after,
        }
        found = run(across, student.bump_inplace, np.asarray(whole), way)
        same(found, due, f"After `bump_inplace(array)` and `array += 1` ({label})")
    untouched(student.bump_inplace, calls, arrays(rng)["float32"], but=["arguments"])
