import torch

from grader import probe


@probe
def spreads(kaiming_):
    nn = torch.nn
    inner = nn.Sequential(nn.Conv2d(100, 30, 3, bias=False), nn.Sequential(nn.Linear(30, 800)))
    net = nn.Sequential(nn.Conv2d(3, 200, (9, 4)), nn.ReLU(), inner, nn.Linear(800, 30))
    alone = nn.Linear(300, 80), nn.Conv2d(100, 30, 3)
    for model in (net, *alone):
        kaiming_(model)
    found = []
    for part in (*net.modules(), *alone):
        if isinstance(part, (nn.Conv2d, nn.Linear)):
            w = part.weight.detach()
            unit = (w[0].numel() / 2) ** 0.5
            beyond = (w.abs() > 2 * w.std()).double().mean().item()
            found.append((w.std().item() * unit, w.mean().item() * unit, beyond))
    return found


def test_spread(student, demand, expect, run):
    """Every convolution and linear layer, deep or alone, gets the standard deviation of its fan-in, around 0."""
    for spread, mean, _ in expect(run(spreads, student.kaiming_), list):
        # at least 21,600 weights: the spread is known to 0.5 %, the mean to 0.7 % of it; six times that is allowed
        demand(
            abs(expect(spread, float) - 1) < 0.03,
            f"The weights of a layer have {spread:.3f} times the standard deviation that they should have.",
        )
        demand(
            abs(mean) < 0.042, f"The mean of a layer's weights is {mean:.3f} standard deviations, and should be near 0."
        )


def test_normal(student, demand, expect, run):
    """The weights are normally distributed."""
    for *_, tail in expect(run(spreads, student.kaiming_), list):
        # of a normal distribution 4.55 % are beyond two spreads, here known to 0.15 %; of a uniform one none
        demand(
            abs(expect(tail, float) - 0.0455) < 0.01, f"{tail:.1%} of the weights are beyond two standard deviations."
        )


@probe
def others(kaiming_):
    nn = torch.nn
    net = nn.Sequential(nn.Conv2d(2, 3, 3), nn.BatchNorm2d(3), nn.Linear(4, 1), nn.PReLU(), nn.Embedding(3, 4))
    frozen = nn.Linear(3, 2).requires_grad_(False)
    old = frozen.weight.clone()
    kaiming_(nn.Sequential(frozen))
    with torch.no_grad():
        for part in (net[1], net[3], net[4]):
            for p in part.parameters():
                p.fill_(0.7)
    before = list(net.parameters())
    modes = [part.train(i % 2 == 0).training for i, part in enumerate(net)]
    kaiming_(net)
    kaiming_(net)
    first = net[2].weight.detach().clone()
    kaiming_(net)
    return {
        "a frozen layer": (
            not torch.equal(old, frozen.weight),
            frozen.bias.abs().sum().item(),
            frozen.weight.requires_grad,
        ),
        "another draw the next time": not torch.equal(first, net[2].weight),
        "the mode of each part as before": [part.training for part in net] == modes,
        "hooks": sum(len(part._forward_hooks) for part in net.modules()),
        "the largest bias": max(net[0].bias.abs().max().item(), net[2].bias.abs().max().item()),
        "all other parts as before": all(bool((p == 0.7).all()) for i in (1, 3, 4) for p in net[i].parameters()),
        "the parameters are the same objects": all(p is q for p, q in zip(net.parameters(), before, strict=True)),
        "all of them can be trained": all(p.requires_grad and p.is_leaf for p in net.parameters()),
    }


@probe
def calls(kaiming_):
    return [(kaiming_, torch.nn.Linear(3, 2))]


def test_biases_and_others(student, same, run, untouched):
    """Biases are 0, other parts stay as they are, and the parameters remain the same trainable objects."""
    due = {
        "the largest bias": 0.0,
        "all other parts as before": True,
        "the parameters are the same objects": True,
        "all of them can be trained": True,
    }
    due |= {"another draw the next time": True, "the mode of each part as before": True, "hooks": 0}
    due |= {"a frozen layer": (True, 0.0, False)}
    parts = {"a frozen layer": "new weights, size of its biases, gradients required"}
    same(run(others, student.kaiming_), due, "Afterwards", parts=parts)
    untouched(student.kaiming_, calls, but=["arguments", "random numbers"])
