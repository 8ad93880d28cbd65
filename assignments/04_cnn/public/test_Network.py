import torch

from grader import probe


@probe
def described(network):
    net = network()
    return {
        "numbers": sum(p.numel() for p in net.parameters()),
        "one": list(net(torch.zeros(1, 1, 28, 28)).shape),
        "four": list(net(torch.zeros(4, 1, 28, 28)).shape),
    }


@probe
def scores(network):
    net = network()
    with torch.no_grad():
        for p in net.parameters():
            p.zero_()
        net.out.bias.copy_(torch.arange(10.0) - 5)
    return net(torch.ones(2, 1, 28, 28)).detach()


def test_raw_scores(student, same, run):
    """With all weights 0, the scores are what the bias of the last layer says, here -5, -4, …, 4."""
    same(run(scores, student.Network), torch.arange(10.0).expand(2, 10) - 5, "The scores of two pictures")


def test_size(student, same, run):
    """Network A has 32,998 numbers to learn and gives ten scores per picture."""
    same(run(described, student.Network), {"numbers": 32998, "one": [1, 10], "four": [4, 10]}, "Network()")
