import numpy as np
import torch

from grader import probe


def arrays(rng):
    numbers = np.random.default_rng(rng.initial_seed())
    return {
        "float64": numbers.normal(size=(3, 2)),
        "int64": numbers.integers(1, 9, size=4),
        "zeros": np.zeros(3),
        "tiny numbers": numbers.random(4) * 1e-20,
    }


def test_who_shares(student, reference, agree, rng):
    """Told right for CPU and card, with and without another dtype."""
    cases = {}
    for name, array in arrays(rng).items():
        for device in ("cpu", "cuda", torch.device("cpu")):
            for dtype in (None, torch.float64, torch.float32, torch.int64):
                cases[f"{name}, {device}, {dtype}"] = (array, device, dtype)
    agree(
        student.aliases,
        reference.aliases,
        cases,
        layouts=("sliced", "expanded"),
        dtypes="real",
        single=[0, 1],
        shapes="any",
    )


@probe
def afterwards(aliases, array):
    found = [aliases(array, device, dtype) for device in ("cpu", "cuda") for dtype in (None, torch.float16)]
    return {"answers": found, "array afterwards": array}


def test_array_stays(student, same, run, rng):
    """The array is afterwards as it was."""
    for name, array in arrays(rng).items():
        found = run(afterwards, student.aliases, array)
        same(
            found,
            {"answers": [True, False, False, False], "array afterwards": array},
            f"For {name}",
            parts={
                "answers": "own dtype on the CPU, other dtype on the CPU, own dtype on a card, other dtype on a card"
            },
            about="arguments",
        )
