import torch

from grader import probe


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


def test_trace(student, reference, same, run, rng):
    """Every call of a part without parts of its own, in order; also of a model that has no parts."""
    x = torch.rand(4, 1, 5, 5, generator=rng)
    same(
        run(probe(traces), student.trace_shapes, x),
        traces(reference.trace_shapes, x),
        "The traces of three models",
        parts="model: call: name, shape",
    )


def maps(feature_maps, weights, x):
    nn = torch.nn
    net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.Sequential(nn.ReLU(), nn.MaxPool2d(2)), nn.Flatten())
    net.double().load_state_dict(weights)
    found = {name: feature_maps(net, name, x.double()) for name in ("0", "1", "1.0", "2")}
    return {**found, "graphs": any(value.requires_grad for value in found.values())}


def test_maps(student, reference, same, run, rng):
    """The output of the part of that name, without a graph."""
    weights = {"0.weight": torch.randn(2, 1, 3, 3, generator=rng), "0.bias": torch.randn(2, generator=rng)}
    x = torch.randn(3, 1, 6, 6, generator=rng)
    same(run(probe(maps), student.feature_maps, weights, x), maps(reference.feature_maps, weights, x), "The outputs")


@probe
def hooks_left(trace_shapes, feature_maps, x):
    import contextlib

    nn = torch.nn
    seen = []
    net = nn.Sequential(nn.Linear(4, 3), nn.ReLU())
    net[0].register_forward_hook(lambda module, given, result: seen.append(1))
    for ask in (lambda: trace_shapes(net, x), lambda: feature_maps(net, "0", x), lambda: feature_maps(net, "1", x)):
        ask()
    for ask in (lambda: trace_shapes(net, x.T), lambda: feature_maps(net, "1", x.T)):
        with contextlib.suppress(RuntimeError):
            ask()
    return {"hooks": [len(part._forward_hooks) for part in net.modules()], "calls of the old one": len(seen)}


def test_hooks_are_removed(student, same, run, rng):
    """No hook stays behind, not even when the model raises; a hook that was there before stays."""
    found = run(hooks_left, student.trace_shapes, student.feature_maps, torch.rand(2, 4, generator=rng))
    same(found, {"hooks": [0, 1, 0], "calls of the old one": 3}, "Afterwards", parts={"hooks": "part"})
