import math

import torch

from grader.asking.tolerances import Tolerance

# a dozen steps of a few float64 operations each, in any order of summation: below 1e-13
ROUNDING = Tolerance(1e-9, 1e-9)
SINGLE = Tolerance(1e-4, 1e-4)  # the same in float32


def data(rng, n):
    x, t = torch.randn(2, n, generator=rng, dtype=torch.float64)
    return x, t - 3 * x


def test_every_step(student, reference, agree, expect, same, rng):
    """Parameters and losses are those of gradient descent, step by step."""
    start = torch.tensor([1.0, 0.0], dtype=torch.float64)
    cases = {
        "one epoch": (*data(rng, 6), start, 0.1, 1),
        "a dozen epochs": (*data(rng, 9), torch.randn(2, generator=rng, dtype=torch.float64), 0.05, 12),
        "a rate that is too high": (*data(rng, 5), start, 1.5, 10),
        "a rate that is too low": (*data(rng, 5), start, 1e-6, 4),
    }
    parts = {"parameters": None, "losses": "epoch"}
    agree(student.fit, reference.fit, cases, tolerance=ROUNDING, parts=parts, layouts=["sliced", "expanded"])
    single = tuple(t.float() for t in (*data(rng, 6), start))
    same(student.fit(*single, 0.1, 5), reference.fit(*single, 0.1, 5), "In float32", tolerance=SINGLE, parts=parts)
    best = tuple(map(torch.tensor, ([1.0, 2.0, 3.0], [3.0, 5.0, 7.0], [2.0, 1.0])))
    same(student.fit(*best, 0.1, 5), reference.fit(*best, 0.1, 5), "From the best line on", parts=parts)
    _, losses = expect(student.fit(*single, 1e10, 9), (tuple, list))  # float32 overflows, Python's floats do not
    same(len(expect(losses, (tuple, list))), 9, "The number of losses of 9 epochs, of which the last are not finite")


def test_finds_the_line(student, expect, same, rng):
    """On points of a straight line it arrives at that line."""
    x = torch.randn(20, generator=rng, dtype=torch.float64)
    found = expect(student.fit(x, 3 * x - 2, torch.zeros(2, dtype=torch.float64), 0.1, 400), (tuple, list))
    # the error shrinks by about 0.8 to 0.9 in each of 400 steps, so that 1e-6 is generous
    close = Tolerance(0.0, 1e-6)
    same(
        found[:1],
        [torch.tensor([3.0, -2.0], dtype=torch.float64)],
        "After 400 epochs",
        tolerance=close,
        parts={"parameters": None},
    )


def test_argument_stays(student, pure, rng):
    """The parameters that were passed stay as they were."""
    pure(student.fit, [(*data(rng, 6), torch.tensor([1.0, 0.0], dtype=torch.float64), 0.1, 3)])


def test_diverged(student, reference, agree):
    """`diverged` notices infinity and NaN wherever they are, and an end above the start."""
    cases = {
        "falling losses": ([5.0, 3.0, 2.5],),
        "infinity, and NaN in the end": ([5.0, math.inf, math.nan],),
        "infinity and NaN in the middle": ([5.0, math.inf, math.nan, 1.0],),
        "infinity in the middle": ([5.0, math.inf, 1.0],),
        "large losses that fall": ([1e300, 1e299, 1e298],),
        "enormous losses that fall": ([1.7e308, 1.6e308, 1.5e308],),
        "a start without a loss": ([0.0, 1.0],),
        "a detour upwards": ([5.0, 9.0, 2.0],),
        "losses that grow": ([5.0, 6.0, 7.0],),
        "infinity in the end": ([5.0, 1e300, math.inf],),
        "NaN in the middle": ([5.0, math.nan, 1.0],),
        "NaN in the end": ([5.0, 3.0, math.nan],),
        "minus infinity": ([5.0, -math.inf],),
        "a single loss": ([5.0],),
    }
    agree(student.diverged, reference.diverged, cases, parts={"parameters": None, "losses": "epoch"})
