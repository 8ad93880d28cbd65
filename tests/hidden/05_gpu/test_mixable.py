import torch

from grader import probe
from grader.asking.variations import DTYPES


def pairs(rng):
    vector, number, one = (torch.rand(s, generator=rng, dtype=torch.float64) for s in ((3,), (), (1, 1)))
    vector = vector - 1
    kinds = {"a vector": vector, "a number": number, "a matrix of one element": one}
    places = {"CPU": "cpu", "card": "cuda"}
    matrix = torch.rand(2, 3, generator=rng)
    mixed = {
        "two matrices": (matrix, matrix - 1),
        "float32 and float64": (matrix, matrix.double()),
        "whole numbers and floats": (torch.arange(3), matrix.to("cuda")),
    }
    return mixed | {
        f"{name} on the {here} and {other} on the {there}": (a.to(places[here]), b.to(places[there]))
        for name, a in kinds.items()
        for other, b in kinds.items()
        for here in places
        for there in places
    }


def test_mixable(student, reference, agree, rng):
    """The same device, or a 0-dimensional tensor on the CPU: every pair is told right."""
    agree(
        student.mixable,
        reference.mixable,
        pairs(rng),
        graph=True,
        shapes="any",
        layouts=("sliced", "expanded"),
        dtypes=[*DTYPES["any"], torch.bfloat16],
        empty=[0],
    )


def test_sum(student, reference, agree, rng):
    """The sum is right, and on the first one's device, whatever the two devices are."""
    agree(
        student.add_aligned,
        reference.add_aligned,
        pairs(rng),
        shapes="any",
        layouts=("sliced", "expanded"),
        dtypes=[*DTYPES["any"], torch.bfloat16],
        empty=[0],
        graph=True,
    )


@probe
def on_two_cards(mixable, add_aligned):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True):
        vector = torch.arange(3.0)
        number = vector[1]
        a, b, n = vector.to("cuda:0"), vector.to("cuda:1"), number.to("cuda:1")
        total = add_aligned(b, a)
        return {
            "two vectors": mixable(a, b),
            "a vector and a number on the other card": mixable(a, n),
            "a vector on the second card and a number of the CPU": mixable(number, b),
            "device of the sum": total.device,
            "sum": total.tolist(),
        }


def test_two_cards(student, same, run):
    """Two cards are two devices."""
    due = {
        "two vectors": False,
        "a vector and a number on the other card": False,
        "a vector on the second card and a number of the CPU": True,
        "device of the sum": torch.device("cuda:1"),
        "sum": [0.0, 2.0, 4.0],
    }
    same(run(on_two_cards, student.mixable, student.add_aligned), due, "With two cards")
