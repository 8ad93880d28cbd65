import numpy as np

from grader import probe


def arrays(rng):
    numbers = np.random.default_rng(rng.initial_seed())
    return {
        "whole numbers": (numbers.integers(-9, 9, size=(2, 3)),),
        "float64": (numbers.normal(size=4),),
        "bytes": (numbers.integers(0, 255, size=(3, 1), dtype=np.uint8),),
    }


def test_dtypes_and_values(student, reference, agree, rng):
    """Each way gives the dtype that the table says, and the array's numbers."""
    agree(student.four_ways, reference.four_ways, arrays(rng), dtypes="any")


@probe
def follows(f, array):
    made = f(array)
    before = {name: t.clone() for name, t in made.items()}
    array += 1
    return {name: not torch.equal(before[name], t) for name, t in made.items()}  # noqa: F821


def test_two_copy_and_two_share(student, same, run, rng):
    """After the array has changed, `as_tensor` and `from_numpy` show the change; the other two do not."""
    for label, (array,) in arrays(rng).items():
        due = {"Tensor": False, "tensor": False, "as_tensor": True, "from_numpy": True}
        same(run(follows, student.four_ways, array), due, f"Which of them follow a change of the array ({label})")
