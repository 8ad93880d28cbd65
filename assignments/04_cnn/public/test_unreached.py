import torch

from grader import probe


@probe
def asked(unreached):
    net = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.ReLU())
    net.forgotten = torch.nn.Linear(2, 2)
    net.forward = lambda x: net[1](net[0](x))
    return unreached(net, torch.ones(4, 3))


def test_a_forgotten_layer(student, same, run):
    """A layer that the model has and does not use."""
    same(run(asked, student.unreached), ["forgotten.weight", "forgotten.bias"], "unreached(…)")
