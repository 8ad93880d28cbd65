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


def test_size(student, same, run):
    """Network A has 32,998 numbers to learn and gives ten scores per picture."""
    same(run(described, student.Network), {"numbers": 32998, "one": [1, 10], "four": [4, 10]}, "Network()")
