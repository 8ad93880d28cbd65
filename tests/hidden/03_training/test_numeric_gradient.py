import torch

from grader import probe
from grader.asking.tolerances import Tolerance

# the values are about 10 and are divided by 0.1 or more: in float64 rounding is below 1e-13
ROUNDING = Tolerance(1e-10, 1e-10)
SINGLE = Tolerance(1e-4, 1e-4)  # in float32, and a step of 0.5


def valley(p):
    return (p[0] - 3) ** 2 + p[0] * p[1] + p[1] ** 3


def waves(p):
    return sum((i + 1) * torch.sin((i + 1) * p[i]) for i in range(len(p)))


def second(p):
    return p[1]  # a view: it changes with p


FUNCTIONS = {"valley": valley, "waves": waves, "second": second}


def cases(rng):
    return {
        "two parameters": (probe(valley), torch.randn(2, generator=rng, dtype=torch.float64), 0.5),
        "one parameter": (probe(waves), torch.rand(1, generator=rng, dtype=torch.float64), 0.3),
        "a function that picks a parameter": (probe(second), torch.randn(3, generator=rng, dtype=torch.float64), 0.25),
        "five parameters": (probe(waves), torch.randn(5, generator=rng, dtype=torch.float64), 0.1),
    }


def test_central_differences(student, reference, agree, same, rng):
    """Each element is the central difference for its own parameter."""

    def here(f, params, delta):
        return reference.numeric_gradient(FUNCTIONS[f.name], params, delta)

    agree(student.numeric_gradient, here, cases(rng), tolerance=ROUNDING, layouts=["sliced", "expanded"])
    params = torch.randn(4, generator=rng)
    due = here(probe(waves), params, 0.5)
    same(student.numeric_gradient(probe(waves), params, 0.5), due, "For float32", tolerance=SINGLE)


def test_argument_stays(student, pure, rng):
    """The parameters that were passed stay as they were."""
    pure(student.numeric_gradient, cases(rng))
