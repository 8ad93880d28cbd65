import torch

from grader import probe
from grader.asking.tolerances import Tolerance

# ten steps of a dozen float64 operations each: below 1e-13
ROUNDING = Tolerance(1e-10, 1e-10)


def cases(rng):
    def state(*shape):
        p, g, m, v = torch.randn(4, *shape, generator=rng, dtype=torch.float64)
        return p, g, m, v**2

    return {
        "the first step": (*state(4)[:2], torch.zeros(4).double(), torch.zeros(4).double(), 1, 0.1),
        "the third step": (*state(2, 3), 3, 0.01, (0.8, 0.95)),
        "a large epsilon": (*state(5), 2, 0.05, (0.9, 0.99), 0.5),
        "a late step": (*state(3), 1000, 0.1, (0.9, 0.999)),
    }


def test_one_step(student, reference, agree, rng):
    """Parameters and memories after one step, at several times."""
    agree(
        student.adam_step,
        reference.adam_step,
        cases(rng),
        parts="new parameters, new m, new v",
        dtypes=[torch.float32],
        layouts=["sliced", "expanded"],
        shapes="any",
    )


@probe
def ten_steps(adam_step, p, rate):
    m = v = torch.zeros_like(p)
    for t in range(1, 11):
        p, m, v = adam_step(p, 4 * p**3 - 1, m, v, t, rate)  # the gradient of the sum of p⁴ - p
    return p


def test_ten_steps_of_torch_optim(student, same, run, rng):
    """Ten steps in a row lead where torch.optim.Adam leads."""
    start = torch.randn(5, generator=rng, dtype=torch.float64)
    p = start.clone().requires_grad_()
    optimizer = torch.optim.Adam([p], lr=0.1)
    for _ in range(10):
        optimizer.zero_grad()
        (p**4 - p).sum().backward()
        optimizer.step()
    same(run(ten_steps, student.adam_step, start, 0.1), p, "After ten steps", tolerance=ROUNDING)


def test_arguments_stay(student, pure, rng):
    """Parameters, gradient and memories that were passed stay as they were."""
    pure(student.adam_step, cases(rng))
