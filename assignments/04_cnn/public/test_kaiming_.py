import torch

from grader import probe


@probe
def started(kaiming_):
    layer = torch.nn.Linear(50, 400)
    kaiming_(layer)
    return {"spread": round(layer.weight.std().item(), 2), "bias": layer.bias.abs().max().item()}


def test_fifty_inputs(student, same, run):
    """A linear layer with 50 inputs: a standard deviation of about 0.20, and no bias."""
    same(run(started, student.kaiming_), {"spread": 0.2, "bias": 0.0}, "Spread of the weights, largest bias")
