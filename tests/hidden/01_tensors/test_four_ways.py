import numpy as np

from grader import probe
from grader.asking.through import through


def arrays(rng):
    numbers = np.random.default_rng(rng.initial_seed())
    return {
        "whole numbers": (numbers.integers(-9, 9, size=(2, 3)),),
        "float64": (numbers.normal(size=4),),
        "bytes": (numbers.integers(0, 255, size=(3, 1), dtype=np.uint8),),
        "one number": (numbers.normal(size=1),),
        "a square table": (numbers.normal(size=(3, 3)),),
        "four axes": (numbers.normal(size=(1, 2, 4, 3)),),
        "no numbers": (numbers.normal(size=(0, 2)),),
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
    """Changes of the array show in `as_tensor` and `from_numpy`, in `Tensor` if it is float32, and in no other."""
    of_float32 = {"float32": (np.arange(6, dtype=np.float32).reshape(2, 3),)}
    for label, (array,) in (arrays(rng) | of_float32).items():
        if not array.size:
            continue
        due = {"Tensor": label == "float32", "tensor": False, "as_tensor": True, "from_numpy": True}
        same(run(follows, student.four_ways, array), due, f"Which of them follow a change of the array ({label})")


def of_a_part(f, array):
    part = array.copy()[1:, ::2]
    made = f(part)
    before = {name: t.clone() for name, t in made.items()}
    part += 1
    return {"before": before, "after": {name: t.clone() for name, t in made.items()}}


def test_a_part_of_an_array(student, reference, agree, rng):
    """A part of an array, however it lies, is copied and shared in the same ways."""
    numbers = np.random.default_rng(rng.initial_seed())
    tables = {"a table": (numbers.normal(size=(5, 4)),), "whole numbers": (numbers.integers(-9, 9, size=(3, 6)),)}
    agree(through(of_a_part, student.four_ways), through(of_a_part, reference.four_ways), tables, layouts=())
