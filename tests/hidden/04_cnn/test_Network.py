import torch

from grader import probe
from grader.asking.through import through

SHAPES = {
    "conv1.weight": (6, 1, 5, 5),
    "conv1.bias": (6,),
    "conv2.weight": (12, 6, 5, 5),
    "conv2.bias": (12,),
    "fc1.weight": (120, 192),
    "fc1.bias": (120,),
    "fc2.weight": (60, 120),
    "fc2.bias": (60,),
    "out.weight": (10, 60),
    "out.bias": (10,),
}


@probe
def parameters(network):
    net = network()
    return {
        "nn.Module": isinstance(net, torch.nn.Module),
        "shapes of its parameters": {name: tuple(p.shape) for name, p in net.named_parameters()},
    }


def test_parameters(student, same, run):
    """The five layers are registered under their names, with weights of the right shapes, and there are no others."""
    same(run(parameters, student.Network), {"nn.Module": True, "shapes of its parameters": SHAPES}, "The network")


def answer(network, weights, x):
    net = network()
    net.load_state_dict(weights)
    return [net(x).detach(), net.eval()(x).detach()]


def weights_from(rng):
    return {name: torch.randn(size, generator=rng) * 0.2 for name, size in SHAPES.items()}


def test_scores(student, reference, agree, rng):
    """With given weights it gives the scores of A, for a batch and for a batch of one, however they lie in memory."""
    weights = weights_from(rng)
    agree(
        through(answer, student.Network),
        through(answer, reference.Network),
        {
            "four pictures": (weights, torch.randn(4, 1, 28, 28, generator=rng)),
            "one picture": (weights, torch.randn(1, 1, 28, 28, generator=rng)),
            "pictures that are all the same": (weights, torch.randn(1, 1, 28, 28, generator=rng).expand(3, 1, 28, 28)),
        },
        parts="scores in training mode, scores in evaluation mode",
    )


@probe
def learns(network, x, y):
    net = network()
    before = {name: p.detach().clone() for name, p in net.named_parameters()}
    torch.nn.functional.cross_entropy(net(x), y).backward()
    torch.optim.SGD(net.parameters(), lr=1.0).step()
    return [name for name, p in net.named_parameters() if torch.equal(p, before[name])]


def test_learns(student, same, run, rng):
    """A training step reaches every weight."""
    x, y = torch.rand(8, 1, 28, 28, generator=rng), torch.randint(0, 10, (8,), generator=rng)
    same(run(learns, student.Network, x, y), [], "Parameters that did not move", parts="parameter")


@probe
def steady(network, x):
    net = network()
    kept = x.clone()
    one, other = net(x), net(x)
    net(x.requires_grad_()).sum().backward()  # as behind another layer
    return {
        "same answer twice": torch.equal(one, other),
        "batch as before": torch.equal(x, kept),
        "gradient for the batch": x.grad is not None,
    }


@probe
def calls(network, x):
    return [(network(), x), (network().eval(), x)]


def test_steady(student, same, run, untouched, rng):
    """The same batch gets the same scores twice, and stays as it is; gradients come back to it."""
    found = run(steady, student.Network, torch.randn(2, 1, 28, 28, generator=rng))
    same(found, {"same answer twice": True, "batch as before": True, "gradient for the batch": True}, "Asked twice")
    untouched(student.Network, calls, torch.randn(2, 1, 28, 28, generator=rng))
