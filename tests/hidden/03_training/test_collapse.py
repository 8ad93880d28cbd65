import torch

from grader import probe
from grader.asking.tolerances import Tolerance
from grader.asking.words import count

# float32 and sums of some twenty products of numbers around 1, in two different orders: below 1e-5
ROUNDING = Tolerance(1e-4, 1e-4)


def layers(rng, n, hidden, m):
    return [torch.randn(size, generator=rng) for size in ((hidden, n), (hidden,), (m, hidden), (m,))]


@probe
def merged(collapse, weights, x):
    w1, _, w2, _ = weights
    first, second = torch.nn.Linear(w1.shape[1], w1.shape[0]), torch.nn.Linear(w2.shape[1], w2.shape[0])
    with torch.no_grad():
        for parameter, value in zip((*first.parameters(), *second.parameters()), weights, strict=True):
            parameter.copy_(value)
    layer = collapse(first, second)
    return {
        "output": layer(x).detach(),
        "nn.Linear": isinstance(layer, torch.nn.Linear) and layer is not first and layer is not second,
        "shapes": [list(p.shape) for p in layer.parameters()],
        "the two layers": [p.detach().clone() for p in (*first.parameters(), *second.parameters())],
    }


@probe
def merging(collapse):
    return [(collapse, torch.nn.Linear(3, 4), torch.nn.Linear(4, 2))]


def test_output(student, same, run, untouched, rng):
    """The one layer gives what the two give, one after the other."""
    for n, hidden, m in ((3, 5, 2), (4, 4, 4), (1, 7, 3)):
        weights, x = layers(rng, n, hidden, m), torch.randn(6, n, generator=rng)
        w1, b1, w2, b2 = weights
        due = {"output": (x @ w1.T + b1) @ w2.T + b2, "nn.Linear": True, "shapes": [[m, n], [m]]}
        due["the two layers"] = weights
        same(
            run(merged, student.collapse, weights, x),
            due,
            f"With {count(n, 'input')} and {count(m, 'output')}",
            tolerance=ROUNDING,
            parts={"the two layers": "parameter"},
        )
    untouched(student.collapse, merging, but=["random numbers"])
