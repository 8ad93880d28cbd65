import torch

from grader import probe


@probe
def traced(trace_shapes, feature_maps):
    net = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.ReLU(), torch.nn.Flatten())
    x = torch.ones(5, 1, 4, 4)
    return {"trace": trace_shapes(net, x), "maps": list(feature_maps(net, "1", x).shape)}


@probe
def overwritten(feature_maps):
    net = torch.nn.Sequential(torch.nn.Identity(), torch.nn.Conv2d(1, 1, 1, bias=False), torch.nn.ReLU(inplace=True))
    torch.nn.init.constant_(net[1].weight, -3.0)
    found = feature_maps(net, "1", torch.ones(1, 1, 1, 2))
    return {"maps": found, "hooks left": sum(len(part._forward_hooks) for part in net.modules())}


def test_before_it_is_overwritten(student, same, run):
    """A convolution gives -3, and the ReLU behind it writes 0 over it; no hook is left."""
    due = {"maps": torch.full((1, 1, 1, 2), -3.0), "hooks left": 0}
    same(run(overwritten, student.feature_maps), due, "The maps of the convolution")


def test_three_parts(student, same, run):
    """A convolution, a ReLU and a flattening."""
    trace = [("0", (5, 2, 2, 2)), ("1", (5, 2, 2, 2)), ("2", (5, 8))]
    same(
        run(traced, student.trace_shapes, student.feature_maps),
        {"trace": trace, "maps": [5, 2, 2, 2]},
        "The sizes",
        parts={"trace": "call"},
    )
