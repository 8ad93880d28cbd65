import torch

from grader import probe
from grader.asking.variations import expanded, sliced
from grader.asking.words import count


def described(build_net, hidden):
    net = build_net(hidden)
    return {
        "nn.Sequential": isinstance(net, torch.nn.Sequential),
        "parts": {name: type(part).__name__ for name, part in net.named_children()},
        "parameters": {name: list(p.shape) for name, p in net.named_parameters()},
    }


@probe
def building(build_net):
    return [(build_net, 3)]


def test_names_and_shapes(student, reference, same, run, untouched):
    """The parts have the names and kinds of the text, and the sizes that were asked for."""
    for hidden in (8, 1):
        due = described(reference.build_net, hidden)
        same(run(probe(described), student.build_net, hidden), due, f"build_net({hidden})")
    untouched(student.build_net, building, but=["random numbers"])


@probe
def units(build_net):
    first, second = (next(iter(build_net(6).parameters())).detach().flatten().tolist() for _ in range(2))
    return [len(set(first)), len(set(first + second))]


def test_units_differ(student, same, run):
    """The hidden units start with different weights, and each net with its own."""
    what = "The number of different weights among six units, and among those of two nets"
    same(run(units, student.build_net), [6, 12], what)


@probe
def predictions(predict, weights, v):
    units = len(weights[0])
    net = torch.nn.Sequential(torch.nn.Linear(1, units), torch.nn.Tanh(), torch.nn.Linear(units, 1)).to(v.dtype)
    with torch.no_grad():
        for parameter, value in zip(net.parameters(), weights, strict=True):
            parameter.copy_(value)
    said = predict(net, v)
    return {"result": said.detach(), "requires_grad": said.requires_grad}


@probe
def modes_afterwards(predict, v):
    net = torch.nn.Sequential(torch.nn.Linear(1, 1), torch.nn.Dropout(0.5))
    found = {}
    for mode, training in (("training", True), ("evaluation", False)):
        net.train(training)
        predict(net, v)
        found[f"{mode} mode stays"] = all(part.training is training for part in net.modules())
    return found


def test_mode_is_as_before(student, same, run, rng):
    """`predict` leaves the network in the mode in which it was before."""
    due = {"training mode stays": True, "evaluation mode stays": True}
    found = run(modes_afterwards, student.predict, torch.rand(3, generator=rng))
    same(found, due, "The network afterwards", about="arguments")


@probe
def predicting(predict, v):
    return [(predict, torch.nn.Sequential(torch.nn.Linear(1, 2), torch.nn.Tanh(), torch.nn.Linear(2, 1)), v)]


def test_predictions(student, same, run, untouched, rng):
    """`predict` gives one number for each input, also for a single one, without a graph."""
    sizes = ((4, 1), (4,), (1, 4), (1,))
    weights = [torch.randn(size, generator=rng) for size in sizes]
    many, one = torch.randn(5, generator=rng), torch.randn(1, generator=rng, dtype=torch.float64)
    for v in (many, one, sliced(many), expanded(many), many.clone().requires_grad_()):
        w1, b1, w2, b2 = (value.to(v.dtype) for value in weights)
        due = (torch.tanh(v.detach()[:, None] @ w1.T + b1) @ w2.T + b2).squeeze(1)
        found = run(predictions, student.predict, weights, v)
        same(found, {"result": due, "requires_grad": False}, f"For {count(len(v), 'input')}")
    untouched(student.predict, predicting, many)
