import torch

from grader import probe
from grader.asking.tolerances import Tolerance
from grader.asking.variations import expanded, sliced
from grader.asking.words import count

# at most 30 steps of a few float64 operations each: below 1e-12
ROUNDING = Tolerance(1e-8, 1e-8)


def trained(train, x, t, start, kind, epochs):
    def model(x, *params):
        return sum(p * x**k for k, p in enumerate(params))

    def make(params):
        if kind == "Adam":
            return torch.optim.Adam(params, lr=0.1)
        return torch.optim.SGD(params, lr=0.02, momentum=0.9 if kind == "momentum" else 0)

    params = [p.clone().requires_grad_() for p in start]
    losses = train(model, params, make, x, t, epochs)
    return {"losses": losses, "params": [p.detach().clone() for p in params]}


def data(rng, shape, parameters):
    x, t = torch.randn(2, *shape, generator=rng, dtype=torch.float64)
    return x, 2 + t - x, list(torch.randn(parameters, generator=rng, dtype=torch.float64))


@probe
def steps(train, x, t):
    w = torch.ones((), dtype=x.dtype, requires_grad=True)
    return [(lambda x, t: train(lambda x, w: w * x, [w], lambda ps: torch.optim.SGD(ps, lr=0.1), x, t, 2), x, t)]


def test_plain_descent(student, reference, same, run, untouched, rng):
    """With SGD the losses and the parameters are those of gradient descent, for models of several sizes."""
    x, t, start = data(rng, (1, 2, 3, 1), 2)
    laid_out = ((sliced(x), sliced(t), start, "SGD", 3), (expanded(t[0, 0]), x[0, 0], start, "SGD", 2))
    square = (*data(rng, (3, 3), 2), "SGD", 2)
    flat = torch.arange(4.0, dtype=torch.float64)
    best = flat, 2 * flat + 1, [1 + 0 * flat[0], 2 + 0 * flat[0]], "SGD", 5  # it starts where the loss is 0
    for arguments in ((*data(rng, (6,), 2), "SGD", 8), (*data(rng, (3, 4), 4), "SGD", 5), square, best, *laid_out):
        due = trained(reference.train, *arguments)
        same(
            run(probe(trained), student.train, *arguments),
            due,
            "With SGD",
            tolerance=ROUNDING,
            parts={"losses": "epoch", "params": "parameter"},
        )
    untouched(student.train, steps, x, t)


def test_optimizers_with_a_memory(student, reference, same, draw, run, rng):
    """Momentum and Adam keep their memory from step to step."""
    for kind in ("momentum", "Adam"):
        arguments = (*data(rng, (7,), 2), kind, 12)
        due = trained(reference.train, *arguments)
        got = run(probe(trained), student.train, *arguments)
        if kind == "Adam":
            draw.curve("Your losses with Adam", got["losses"], [due["losses"]])
        same(
            got,
            due,
            f"With {kind}",
            tolerance=ROUNDING,
            parts={"losses": "epoch", "params": "parameter"},
        )


@probe
def watched(train, x, t, epochs, rate):
    log = []

    class Watched(torch.optim.SGD):
        def step(self):
            log.append("step")
            return super().step()

    def make(params):
        log.append("made")
        return Watched(params, lr=rate)

    w = torch.ones((), dtype=x.dtype, requires_grad=True)
    losses = train(lambda x, w: w * x, [w], make, x, t, epochs)
    return {"optimizers": log.count("made"), "steps": log.count("step"), "losses": len(losses)}


def test_one_optimizer(student, same, run, rng):
    """The optimizer is made once, and makes one step per epoch, also when the loss is no longer finite."""
    x, t, _ = data(rng, (5,), 1)
    # with the rate 1e200 the second loss is infinite, and the last ones are NaN
    for epochs, rate, end in ((1, 0.01, ""), (6, 0.01, ""), (8, 1e200, ", of which the last have a loss of NaN")):
        due = {"optimizers": 1, "steps": epochs, "losses": epochs}
        same(run(watched, student.train, x, t, epochs, rate), due, f"How many of each in {count(epochs, 'epoch')}{end}")


def test_parabola(student, reference, agree, rng):
    """`parabola` is w2·x² + w1·x + b for every x."""
    cases = [
        (torch.randn(n, generator=rng, dtype=torch.float64), *torch.randn(3, generator=rng, dtype=torch.float64))
        for n in (5, 1)
    ]
    agree(
        student.parabola,
        reference.parabola,
        cases,
        dtypes="floating",
        layouts=["sliced", "expanded"],
        shapes="any",
        graph=True,
    )


def slopes(parabola, x, coefficients):
    leaves = [t.clone().requires_grad_() for t in (x, *coefficients)]
    (parabola(*leaves) * torch.arange(1.0, 6.0)).sum().backward()
    return dict(zip(("x", "w2", "w1", "b"), (leaf.grad for leaf in leaves), strict=True))


def test_parabola_learns(student, reference, same, run, rng):
    """`parabola` is part of the graph: the gradient reaches x and all three coefficients."""
    x, coefficients = torch.randn(5, generator=rng), list(torch.randn(3, generator=rng))
    due = slopes(reference.parabola, x, coefficients)
    same(run(probe(slopes), student.parabola, x, coefficients), due, "What the gradient is for")
