import torch

from grader import probe


@probe
def started(kaiming_):
    found = {}
    for name, layer in {"linear": torch.nn.Linear(50, 400), "conv": torch.nn.Conv2d(2, 400, 5)}.items():
        kaiming_(layer)
        found[name] = {"spread": round(layer.weight.std().item(), 2), "bias": layer.bias.abs().max().item()}
    return found


def test_fifty_inputs(student, same, run):
    """Units with 50 inputs, 50 of a linear layer or 2·5·5 of a convolution: a spread of about 0.20, and no bias."""
    due = {"spread": 0.2, "bias": 0.0}
    same(run(started, student.kaiming_), {"linear": due, "conv": due}, "Spread of the weights, largest bias")
