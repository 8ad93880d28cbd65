import torch

from grader import probe
from grader.asking.tolerances import Tolerance

# ten steps of a few float64 operations each: below 1e-14
ROUNDING = Tolerance(1e-10, 1e-10)


def cases(rng):
    return {
        "a vector": (*torch.randn(3, 4, generator=rng, dtype=torch.float64), 0.1, 0.9),
        "a matrix": (*torch.randn(3, 2, 3, generator=rng, dtype=torch.float64), 0.01, 0.5),
        "no momentum": (*torch.randn(3, 4, generator=rng, dtype=torch.float64), 0.2, 0.0),
    }


def test_one_step(student, reference, agree, rng):
    """Parameters and velocity after one step."""
    agree(
        student.momentum_step,
        reference.momentum_step,
        cases(rng),
        parts="new parameters, new velocity",
        dtypes="floating",
        layouts=["sliced", "expanded"],
        shapes="any",
    )


@probe
def ten_steps(momentum_step, p, rate, momentum):
    v = torch.zeros_like(p)
    for _ in range(10):
        p, v = momentum_step(p, 2 * p - 1, v, rate, momentum)  # the gradient of the sum of p² - p
    return p


def test_ten_steps_of_torch_optim(student, same, run, rng):
    """Ten steps in a row lead where torch.optim.SGD leads."""
    start = torch.randn(5, generator=rng, dtype=torch.float64)
    p = start.clone().requires_grad_()
    optimizer = torch.optim.SGD([p], lr=0.05, momentum=0.8)
    for _ in range(10):
        optimizer.zero_grad()
        (p**2 - p).sum().backward()
        optimizer.step()
    same(run(ten_steps, student.momentum_step, start, 0.05, 0.8), p, "After ten steps", tolerance=ROUNDING)


def test_arguments_stay(student, pure, rng):
    """Parameters, gradient and velocity that were passed stay as they were."""
    pure(student.momentum_step, cases(rng))
