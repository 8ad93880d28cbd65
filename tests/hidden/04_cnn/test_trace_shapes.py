import torch

from grader import probe
from grader.asking.through import through


def traces(trace_shapes, x):
    nn = torch.nn

    class Odd(nn.Module):
        def __init__(self):
            super().__init__()
            self.never = nn.Linear(2, 2)
            self.last = nn.Linear(6, 3)
            self.body = nn.Sequential(nn.Conv2d(1, 6, 3), nn.Sequential(nn.ReLU(), nn.AdaptiveAvgPool2d(1)))
            self.act = nn.Tanh()

        def forward(self, x):
            return self.act(self.last(self.act(self.body(x).flatten(1))))

    return [trace_shapes(Odd(), x), trace_shapes(nn.Linear(5, 2), x[0, 0]), trace_shapes(Odd().body, x[:1])]


def test_trace(student, reference, agree, rng):
    """Every call of a part without parts of its own, in order; also of a model that has no parts."""
    agree(
        through(traces, student.trace_shapes),
        through(traces, reference.trace_shapes),
        {
            "three models": (torch.rand(4, 1, 5, 5, generator=rng),),
            "three models and one picture": (torch.randn(1, 1, 6, 5, generator=rng),),
        },
        layouts=("sliced", "expanded"),
        parts="model: call: name, shape",
    )


def maps(feature_maps, weights, x):
    nn = torch.nn
    pooled = nn.Sequential(nn.ReLU(inplace=True), nn.MaxPool2d(2))
    net = nn.Sequential(nn.Conv2d(1, 2, 3), pooled, nn.Flatten(), nn.Hardtanh(inplace=True)).to(x.dtype)
    net.load_state_dict(weights)
    found = {name: feature_maps(net, name, x) for name in ("0", "1", "1.0", "2", "3")}
    return {**found, "graphs": any(value.requires_grad for value in found.values())}


def test_maps(student, reference, agree, rng):
    """The output of the part of that name, without a graph, also if the next part works in place."""
    weights = {"0.weight": torch.randn(2, 1, 3, 3, generator=rng), "0.bias": torch.randn(2, generator=rng)}
    agree(
        through(maps, student.feature_maps),
        through(maps, reference.feature_maps),
        {
            "every part": (weights, torch.randn(3, 1, 6, 6, generator=rng)),
            "one picture": (weights, torch.randn(1, 1, 5, 7, generator=rng)),
            "pictures that are all the same": (weights, torch.randn(1, 1, 6, 6, generator=rng).expand(3, 1, 6, 6)),
            "float64": (weights, torch.randn(2, 1, 4, 4, generator=rng).double()),
        },
    )


@probe
def hooks_left(trace_shapes, feature_maps, x):
    nn = torch.nn
    seen, raised, modes = [], [], []
    net = nn.Sequential(nn.Linear(4, 3), nn.ReLU())
    net[0].register_forward_hook(lambda module, given, result: seen.append(1))
    for ask in (lambda: trace_shapes(net, x), lambda: feature_maps(net, "0", x), lambda: feature_maps(net, "1", x)):
        net.train()
        ask()
        modes.append(all(part.training for part in net.modules()))
    for ask in (lambda: trace_shapes(net, x.T), lambda: feature_maps(net, "1", x.T)):
        net.train()
        try:
            ask()
        except RuntimeError:
            raised.append(1)
            modes.append(all(part.training for part in net.modules()))
    return {
        "training mode, as before": modes,
        "hooks": [len(part._forward_hooks) for part in net.modules()],
        "calls of the old one": len(seen),
        "exceptions that go through": len(raised),
    }


@probe
def calls(f, x, *name):
    one, other = (torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.ReLU()) for _ in range(2))
    graph = x.clone().requires_grad_() * 1  # no leaf: what changes it in place is told so, and does not raise
    return [(f, one, *name, x), (f, other.eval(), *name, graph)]


def test_hooks_are_removed(student, same, run, untouched, rng):
    """No hook stays behind, not even when the model raises; what was there before, hooks and the rest, stays."""
    found = run(hooks_left, student.trace_shapes, student.feature_maps, torch.rand(2, 4, generator=rng))
    due = {"hooks": [0, 1, 0], "calls of the old one": 3, "exceptions that go through": 2}
    due |= {"training mode, as before": [True] * 5}
    parts = {"hooks": "part", "training mode, as before": "call"}
    same(found, due, "Afterwards", parts=parts)
    untouched(student.trace_shapes, calls, torch.rand(2, 4, generator=rng))
    untouched(student.feature_maps, calls, torch.rand(2, 4, generator=rng), "0")
