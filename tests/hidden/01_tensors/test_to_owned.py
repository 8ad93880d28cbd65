import numpy as np


def arrays(rng):
    numbers = np.random.default_rng(rng.initial_seed())
    return {
        "float64": (numbers.normal(size=(3, 2)),),
        "whole numbers": (numbers.integers(-9, 9, size=5),),
        "float32": (numbers.normal(size=(2, 2, 2)).astype(np.float32),),
    }


def test_float32_of_the_same_shape(student, reference, agree, rng):
    """The result is float32 and holds the array's numbers, whatever its dtype."""
    agree(student.to_owned, reference.to_owned, arrays(rng), dtypes="any", shapes="any", empty=[0], single=[0, -1])


def test_never_shares(student, owns, rng):
    """A later change of the array does not reach the tensor, also when the array is float32 already."""
    owns(student.to_owned, arrays(rng))
