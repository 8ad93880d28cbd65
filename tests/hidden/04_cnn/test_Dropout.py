import torch

from grader import probe


@probe
def in_training(dropout, p, x):
    layer = dropout(p)
    return layer(x), layer(x)


def test_what_remains(student, same, expect, run, rng):
    """While training, each number becomes 0 or is divided by 1 - p."""
    for p, dtype in (
        (0.2, torch.float32),
        (0.75, torch.float64),
        (0.0, torch.float32),
        (0.25, torch.float16),
        (0.5, torch.bfloat16),
    ):
        x = (torch.rand(6, 5, 4, generator=rng, dtype=torch.float64) + 0.5).to(dtype)
        x[::2] *= -1
        y = expect(run(in_training, student.Dropout, p, x), (tuple, list))[0]
        kept = expect(y, torch.Tensor) != 0
        same(y, torch.where(kept, x / (1 - p), torch.zeros_like(x)), f"With p = {p}, what is not 0")


def test_share(student, demand, expect, run):
    """The share of zeros is p, in every channel and at every place, and anew in each call."""
    x = torch.ones(10, 20, 20, 10)
    for p in (0.3, 0.6):
        pair = expect(run(in_training, student.Dropout, p, x), (tuple, list))
        one, other = (expect(y, torch.Tensor) == 0 for y in pair)
        demand(one.shape == x.shape and other.shape == x.shape, f"The shape is {tuple(one.shape)}.")
        # the share is known to 0.25 % in 40,000 numbers and to 3.5 % in a row of 200; six times that is allowed
        share = one.double().mean().item()
        demand(abs(share - p) < 0.015, f"With p = {p}, {share:.1%} of the numbers are 0.")
        lines = torch.cat([one.double().mean(dim=(0, 1)).flatten(), one.double().mean(dim=(2, 3)).flatten()])
        demand(
            (lines - p).abs().max().item() < 0.21,
            "Whole channels, or the same places of all of them, are dropped; each number has its own luck.",
        )
        both = (one & other).double().mean().item()
        demand(abs(both - p * p) < 0.02, "The second call drops the same numbers as the first; draw anew in each.")


@probe
def in_evaluation(dropout, x):
    layer = dropout(0.5)
    layer.eval()
    state = torch.get_rng_state()
    layer(x)
    return {
        "random numbers drawn": not torch.equal(torch.get_rng_state(), state),
        "result in evaluation mode": layer(x),
        "result for float64": layer(x.double()),
        "result for float16": layer(x.half()),
        "result for a single number": layer(x[0, 0]),
        "result for numbers that lie apart": layer(x[:, 1::3].T),
        "result for a number again and again": layer(x[:, :1].expand(8, 5)),
        "gradient behind it": layer(x.clone().requires_grad_() * 2).requires_grad,
        "numbers dropped in training mode again": bool((layer.train()(x) == 0).any()),
    }


def test_evaluation(student, same, run, rng):
    """In evaluation mode nothing happens; back in training mode numbers are dropped again."""
    x = torch.rand(8, 50, generator=rng) + 0.1
    same(
        run(in_evaluation, student.Dropout, x),
        {
            "random numbers drawn": False,
            "result in evaluation mode": x,
            "result for float64": x.double(),
            "result for float16": x.half(),
            "result for a single number": x[0, 0],
            "result for numbers that lie apart": x[:, 1::3].T,
            "result for a number again and again": x[:, :1].expand(8, 5),
            "gradient behind it": True,
            "numbers dropped in training mode again": True,
        },
        "In evaluation mode",
    )


@probe
def argument_and_gradient(dropout, x):
    layer, kept = dropout(0.5), x.clone()
    leaf = x.clone().requires_grad_()
    y = layer(leaf)
    y.sum().backward()
    layer(x)
    one = layer(x[:1, :1])
    apart, repeated = layer(x[1::2].T), layer(x[:, :1].expand(20, 3))
    return {
        "as before": torch.equal(x, kept),
        "gradient": torch.allclose(leaf.grad, torch.where(y != 0, 2.0, 0.0)),
        "graph of a plain argument": layer(x).requires_grad,
        "shape for one number": tuple(one.shape),
        "shape for a number without axes": tuple(layer(x[0, 0]).shape),
        "numbers that lie apart": bool(((apart == 0) | apart.isclose(2 * x[1::2].T)).all()),
        "a number again and again": bool(((repeated == 0) | repeated.isclose(2 * x[:, :1])).all()),
    }


@probe
def calls(dropout, x):
    return [(dropout(0.5), x), (dropout(0.5).eval(), x)]


def test_argument_and_gradient(student, same, run, untouched, rng):
    """The argument stays as it is, and what was not dropped has a gradient."""
    found = run(argument_and_gradient, student.Dropout, torch.rand(20, 5, generator=rng) + 0.5)
    due = {
        "as before": True,
        "gradient": True,
        "graph of a plain argument": False,
        "shape for one number": (1, 1),
        "shape for a number without axes": (),
        "numbers that lie apart": True,
        "a number again and again": True,
    }
    same(found, due, "Argument and gradient", about="arguments")
    untouched(student.Dropout, calls, torch.rand(4, 3, generator=rng), but=["random numbers"])


@probe
def drawn(dropout, x):
    found, layer = [], dropout(0.5)
    for seed in (1, 1, 2):
        torch.manual_seed(seed)
        before = torch.get_rng_state()
        found.append((layer(x), torch.equal(before, torch.get_rng_state())))
    masks = [y == 0 for y, _ in found]
    return {
        "equal with the same seed": torch.equal(masks[0], masks[1]),
        "equal with another seed": torch.equal(masks[0], masks[2]),
        "the generator stays where it was": any(stays for _, stays in found),
    }


def test_generator(student, same, run):
    """Random numbers come from PyTorch's common generator: `torch.manual_seed` repeats them."""
    due = {
        "equal with the same seed": True,
        "equal with another seed": False,
        "the generator stays where it was": False,
    }
    same(run(drawn, student.Dropout, torch.ones(8, 8)), due, "What is dropped", about="random numbers")


@probe
def accepted(dropout, p):
    dropout(p)
    return "accepted"


def test_probabilities(student, refuses, run):
    """What is no probability, or drops everything, is refused."""

    def Dropout(p):  # noqa: N802
        return run(accepted, student.Dropout, p)

    refuses(Dropout, {"a p below 0": (-0.1,), "a p of 1": (1.0,), "a p above 1": (1.5,)}, ValueError)


@probe
def printed(dropout):
    return [repr(dropout(0.25)), repr(torch.nn.Sequential(dropout(0.0))), repr(dropout(0))]


def test_repr(student, same, run):
    """Printed, it shows p as it was given."""
    same(
        run(printed, student.Dropout),
        ["Dropout(p=0.25)", "Sequential(\n  (0): Dropout(p=0.0)\n)", "Dropout(p=0)"],
        "What `repr` gives",
        parts="layer alone, layer in a Sequential, layer for a whole number",
    )
