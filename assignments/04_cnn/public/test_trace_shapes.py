import torch

from grader import probe


@probe
def traced(trace_shapes, feature_maps):
    net = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.ReLU(), torch.nn.Flatten())
    x = torch.ones(5, 1, 4, 4)
    return {"trace": trace_shapes(net, x), "maps": list(feature_maps(net, "1", x).shape)}


def test_three_parts(student, same, run):
    """A convolution, a ReLU and a flattening."""
    trace = [("0", (5, 2, 2, 2)), ("1", (5, 2, 2, 2)), ("2", (5, 8))]
    same(run(traced, student.trace_shapes, student.feature_maps), {"trace": trace, "maps": [5, 2, 2, 2]}, "The sizes")
