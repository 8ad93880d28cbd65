import torch

from grader import probe


@probe
def asked(unreached):
    net = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.ReLU())
    net.forgotten = torch.nn.Linear(2, 2)
    net.forward = lambda x: net[1](net[0](x))
    return unreached(net, torch.ones(4, 3))


@probe
def loss_of(dummy_loss):
    return dummy_loss(torch.zeros(1, 3), torch.Generator().manual_seed(2))


def test_dummy_loss(student, same, run):
    """For three scores of 0 it is the mean of the squares of three draws."""
    draws = torch.randn(1, 3, generator=torch.Generator().manual_seed(2))
    same(run(loss_of, student.dummy_loss), draws.square().mean(), "The loss of three zeros")


def test_a_forgotten_layer(student, same, run):
    """A layer that the model has and does not use."""
    same(run(asked, student.unreached), ["forgotten.weight", "forgotten.bias"], "unreached(…)")
