import torch

from grader import probe
from grader.asking.tolerances import Tolerance
from grader.asking.variations import expanded, sliced

# ten steps of a few float64 operations each: below 1e-13
ROUNDING = Tolerance(1e-9, 1e-9)


def trained(train_and_validate, train, val, start, epochs):
    params = [p.clone().requires_grad_() for p in start]
    optimizer = torch.optim.SGD(params, lr=0.05, momentum=0.5)
    losses = train_and_validate(lambda x, w, b: w * x + b, params, optimizer, train, val, epochs)
    return {"losses": losses, "params": [p.detach().clone() for p in params]}


def data(rng, *shape):
    x, t = torch.randn(2, *shape, generator=rng, dtype=torch.float64)
    return x, 1 + t - 2 * x


def setting(rng):
    return data(rng, 8, 2), data(rng, 3, 2), list(torch.randn(2, generator=rng, dtype=torch.float64))


@probe
def steps(train_and_validate, train, val):
    params = [torch.ones((), dtype=torch.float64, requires_grad=True) for _ in range(2)]
    optimizer = torch.optim.SGD(params, lr=0.05)
    ask = lambda train, val: train_and_validate(lambda x, w, b: w * x + b, params, optimizer, train, val, 2)  # noqa: E731
    return [(ask, train, val)]


@probe
def diverging(train_and_validate, train, val):
    """How many losses there are of each kind when the second is infinite and the last are NaN."""
    params = [torch.ones((), dtype=torch.float64, requires_grad=True) for _ in range(2)]
    optimizer = torch.optim.SGD(params, lr=1e200)
    found = train_and_validate(lambda x, w, b: w * x + b, params, optimizer, train, val, 8)
    return [len(losses) for losses in found]


def test_both_losses(student, reference, same, draw, run, untouched, rng):
    """The losses on both sets, measured before each step, and the trained parameters, one loss per epoch to the end."""
    parts = {"losses": {"training losses": "epoch", "validation losses": "epoch"}, "params": "parameter"}
    train, val, start = setting(rng)
    x, t = data(rng, 1, 2, 3, 1)
    laid_out = (sliced(x), sliced(t)), (expanded(val[0]), val[1])
    square = data(rng, 3, 3)
    others = laid_out, laid_out[::-1], (square, val), (train, square)
    still = torch.arange(4.0, dtype=torch.float64)
    best = (
        (still, 2 * still + 1),
        val,
        [2 + 0 * still[0], 1 + 0 * still[0]],
        5,
    )  # it starts where the training loss is 0
    for *sets, first, epochs in (train, val, start, 10), best, *((*sets, start, 2) for sets in others):
        due = trained(reference.train_and_validate, *sets, first, epochs)
        got = run(probe(trained), student.train_and_validate, *sets, first, epochs)
        found = got["losses"]
        if epochs == 10 and isinstance(found, tuple | list) and len(found) == 2:
            draw.curve("Your validation losses", found[1], [due["losses"][1]])
        same(got, due, f"After {epochs} epochs", tolerance=ROUNDING, parts=parts)
    found = run(diverging, student.train_and_validate, train, val)
    what = "The number of losses of 8 epochs, the last of which are NaN"
    same(found, [8, 8], what, parts="training losses, validation losses")
    untouched(student.train_and_validate, steps, train, val)


def test_validation_does_not_teach(student, reference, same, run, rng):
    """With another validation set the same parameters come out."""
    train, val, start = setting(rng)
    due = trained(reference.train_and_validate, train, val, start, 4)["params"]
    got = run(probe(params_with), student.train_and_validate, train, [val, data(rng, 5, 2)], start, 4)
    same(
        got,
        [due, due],
        "The parameters with two different validation sets",
        tolerance=ROUNDING,
        parts="validation set: parameter",
    )


def params_with(train_and_validate, train, vals, start, epochs):
    found = []
    for val in vals:
        params = [p.clone().requires_grad_() for p in start]
        optimizer = torch.optim.SGD(params, lr=0.05, momentum=0.5)
        train_and_validate(lambda x, w, b: w * x + b, params, optimizer, train, val, epochs)
        found.append([p.detach().clone() for p in params])
    return found


@probe
def graphs(train_and_validate, train, val, start):
    seen = {len(train[0]): [], len(val[0]): []}

    def model(x, w, b):
        result = w * x + b
        seen[len(x)].append(result.requires_grad)
        return result

    params = [p.clone().requires_grad_() for p in start]
    train_and_validate(model, params, torch.optim.SGD(params, lr=0.05), train, val, 3)
    return {"training": any(seen[len(train[0])]), "validation": any(seen[len(val[0])])}


def test_no_graph_in_validation(student, same, run, rng):
    """A graph is built on the training set, and none on the validation set."""
    due = {"training": True, "validation": False}
    same(run(graphs, student.train_and_validate, *setting(rng)), due, "Whether predictions require gradients")
