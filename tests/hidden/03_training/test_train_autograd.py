import torch

from grader import probe
from grader.asking.tolerances import Tolerance
from grader.asking.variations import expanded, sliced
from grader.asking.words import count

# a dozen steps of a few float64 operations each, in any order of summation: below 1e-13
ROUNDING = Tolerance(1e-9, 1e-9)


def trained(train_autograd, x, t, start, rate, epochs):
    params = start.clone().requires_grad_()
    losses = train_autograd(x, t, params, rate, epochs)
    return {"losses": losses, "params": params.detach().clone()}


def data(rng, n):
    x, t = torch.randn(2, n, generator=rng, dtype=torch.float64)
    return x, t - 3 * x, torch.randn(2, generator=rng, dtype=torch.float64)


@probe
def steps(train_autograd, x, t):
    params = torch.ones(2, dtype=x.dtype, requires_grad=True)
    return [(lambda x, t: train_autograd(x, t, params, 0.1, 2), x, t)]


@probe
def diverging(train_autograd, x, t):
    """How many losses there are when the second one is infinite and the last are NaN."""
    return len(train_autograd(x, t, torch.ones(2, dtype=x.dtype, requires_grad=True), 1e200, 8))


def test_every_step(student, reference, same, run, untouched, rng):
    """Losses and parameters are those of gradient descent, step by step, also when they are no longer finite."""
    x, t, start = data(rng, 6)
    laid_out = ((sliced(x), sliced(t), start, 0.1, 3), (expanded(x), t, start, 0.1, 2))
    best = torch.tensor([[1.0, 2.0], [3.0, 5.0], [2.0, 1.0]], dtype=torch.float64)  # it starts where the loss is 0
    others = (*data(rng, 7), 0.1, 1), (*data(rng, 1), 0.2, 4), (*best, 0.1, 5)
    for arguments in ((*data(rng, 9), 0.05, 12), *others, *laid_out):
        due = trained(reference.train_autograd, *arguments)
        got = run(probe(trained), student.train_autograd, *arguments)
        same(got, due, f"After {count(arguments[-1], 'epoch')}", tolerance=ROUNDING, parts={"losses": "epoch"})
    same(run(diverging, student.train_autograd, x, t), 8, "The number of losses of 8 epochs, the last of which are NaN")
    untouched(student.train_autograd, steps, x, t)


@probe
def afterwards(train_autograd, x, t, start):
    params = start.clone().requires_grad_()
    train_autograd(x, t, params, 0.1, 3)
    return {"moved": not torch.equal(params, start), "leaf": params.is_leaf, "requires_grad": params.requires_grad}


def test_the_same_tensor(student, same, run, rng):
    """The tensor that was passed holds the result, and is still a leaf that requires gradients."""
    due = {"moved": True, "leaf": True, "requires_grad": True}
    same(run(afterwards, student.train_autograd, *data(rng, 7)), due, "The caller's parameters afterwards")


def test_finds_the_line(student, same, run, rng):
    """On points of a straight line it arrives at that line."""
    x = torch.randn(20, generator=rng, dtype=torch.float64)
    got = run(line_found, student.train_autograd, x, 3 * x - 2)
    # the error shrinks by about 0.8 to 0.9 in each of 400 steps, so that 1e-6 is generous
    same(got, torch.tensor([3.0, -2.0], dtype=torch.float64), "After 400 epochs", tolerance=Tolerance(0.0, 1e-6))


@probe
def line_found(train_autograd, x, t):
    params = torch.zeros(2, dtype=x.dtype, requires_grad=True)
    train_autograd(x, t, params, 0.1, 400)
    return params.detach()
