import torch

from grader import probe
from grader.asking.through import through
from grader.asking.tolerances import Tolerance

SURE = Tolerance(1e-5, 1e-6)  # a gradient of 1e-9 may be rounded away, as by a second log_softmax


def scores(tall, weights, x):
    net = tall()
    found = {"shape of the scores": tuple(net(x).shape)}
    found["shapes of the weights"] = {name: tuple(value.shape) for name, value in net.state_dict().items()}
    if all(found["shapes of the weights"].get(name) == value.shape for name, value in weights.items()):
        net.load_state_dict(weights)
        found["scores"] = net(x).detach()
        leaf = x.clone().requires_grad_()
        net(leaf).sum().backward()
        found |= {"gradient for the pictures": leaf.grad, "gradient of a weight": net.conv.weight.grad}
    return found


@probe
def tall_calls(tall, x):
    return [(tall(), x), (tall().eval(), x)]


def test_sizes(student, reference, agree, untouched, rng):
    """1: `Tall` gives the scores of its two layers, for pictures of 40 by 20 pixels."""
    sizes = {name: value.shape for name, value in reference.Tall().state_dict().items()}
    weights = {name: 0.2 * torch.randn(size, generator=rng) for name, size in sizes.items()}
    one = torch.randn(1, 1, 40, 20, generator=rng)
    agree(
        through(scores, student.Tall),
        through(scores, reference.Tall),
        {
            "two pictures": (weights, torch.randn(2, 1, 40, 20, generator=rng)),
            "one picture": (weights, one),
            "bright pictures": (weights, torch.rand(2, 1, 40, 20, generator=rng)),
            "pictures that are all the same": (weights, one.expand(3, 1, 40, 20)),
        },
        layouts=("sliced", "expanded"),
    )
    untouched(student.Tall, tall_calls, torch.randn(2, 1, 40, 20, generator=rng))


def test_channels(student, reference, agree, rng):
    """2: `channels_first` keeps each pixel's colour in its place, between 0 and 1."""
    agree(
        student.channels_first,
        reference.channels_first,
        {
            "a photograph that is wider than high": (torch.randint(0, 256, (4, 7, 3), generator=rng).to(torch.uint8),),
            "a square photograph": (torch.randint(0, 256, (5, 5, 3), generator=rng).to(torch.uint8),),
            "a photograph that is nearly black": (torch.randint(0, 2, (3, 5, 3), generator=rng).to(torch.uint8),),
            "three pixels": (torch.randint(0, 256, (3, 1, 3), generator=rng).to(torch.uint8),),
        },
        layouts=("sliced", "expanded"),
        single=[0, 1],
    )


def towers(tower, width, layers, weight, bias, x):
    """All hidden layers get the same numbers: whatever their names are, the order does not matter."""
    net = tower(width, layers)
    with torch.no_grad():
        for p in net.parameters():
            p.copy_(weight[: p.shape[0], : p.shape[1]] if p.ndim == 2 else bias[: p.shape[0]])
    shapes = sorted(tuple(p.shape) for p in net.parameters())
    made = net(x)
    made.sum().backward()
    reached = [p.grad is not None for p in net.parameters()]
    return {"shapes of its parameters": shapes, "scores": made.detach(), "parameters with a gradient": reached}


@probe
def tower_calls(tower, x):
    graph = x.clone().requires_grad_() * 1  # no leaf: what changes it in place is told so, and does not raise
    return [(tower(4, 2), x), (tower(4, 1).eval(), graph)]


def test_tower(student, reference, agree, untouched, rng):
    """3: `Tower` has the parameters of all its layers, and its scores come from all of them."""
    one = torch.randn(1, 4, generator=rng)
    agree(
        through(towers, student.Tower),
        through(towers, reference.Tower),
        {
            label: (width, layers, torch.randn(10, 10, generator=rng) * 0.5, torch.randn(10, generator=rng), x)
            for label, width, layers, x in (
                ("three hidden layers", 4, 3, torch.randn(4, 4, generator=rng)),
                ("one hidden layer", 6, 1, torch.rand(4, 6, generator=rng)),
                ("no hidden layer", 3, 0, torch.randn(2, 3, generator=rng)),
                ("one sample", 4, 2, one),
                ("samples that are all the same", 4, 2, one.expand(3, 4)),
            )
        },
        parts={"shapes of its parameters": "parameter: size", "parameters with a gradient": "parameter"},
    )
    untouched(student.Tower, tower_calls, one)


@probe
def hits(share_of_hits, x, y):
    nn = torch.nn
    seen = []
    net = nn.Sequential(nn.BatchNorm1d(3, affine=False), nn.Dropout(0.5))
    net[1].register_forward_hook(lambda part, given, result: seen.append(part.training))
    net[0].running_mean.copy_(torch.tensor([0.5, 0.0, -0.5]))
    found = []
    for training in (True, False):
        loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=4, drop_last=not training)
        found.append(share_of_hits(net.train(training), loader))
        found.append([part.training for part in net.modules()])
    mean = net[0].running_mean.clone()
    with torch.no_grad():
        share_of_hits(net, loader)
        found.append(torch.is_grad_enabled())
    return {"shares and modes": found, "mode while it is asked": any(seen), "running mean": mean}


@probe
def share_calls(share_of_hits, x, y):
    data = torch.utils.data.TensorDataset(x, y)
    loader = torch.utils.data.DataLoader(data, batch_size=4, generator=torch.Generator())
    one, other = (torch.nn.Sequential(torch.nn.Linear(3, 3), torch.nn.Dropout(0.5)) for _ in range(2))
    return [(share_of_hits, one, loader), (share_of_hits, other.eval(), loader)]


def test_share(student, same, run, untouched, rng):
    """4: `share_of_hits` asks in evaluation mode, counts every sample once, and leaves the model as it was."""
    x, mean = torch.randn(10, 3, generator=rng), torch.tensor([0.5, 0.0, -0.5])
    hit = torch.tensor([1, 0, 0, 0, 1, 0, 1, 0, 1, 1])  # the mean of the batches' shares is another number
    y = ((x - mean).argmax(dim=1) + 1 - hit) % 3
    share, full = 0.5, 0.375
    due = {"shares and modes": [share, [True] * 3, full, [False] * 3, False]}
    due |= {"mode while it is asked": False, "running mean": mean}
    same(
        run(hits, student.share_of_hits, x, y),
        due,
        "For a model with batch norm and dropout",
        parts={
            "shares and modes": "first share, training modes of all parts after it, share where the loader drops the "
            "last batch, training modes of all parts after that, recording of gradients after a call under `no_grad`"
        },
    )
    untouched(student.share_of_hits, share_calls, x, y)


def losses(loss_of, weight, x, y):
    net, seen = torch.nn.Linear(weight.shape[1], len(weight), bias=False), []
    with torch.no_grad():
        net.weight.copy_(weight)
    net.register_forward_hook(lambda part, given, result: seen.append(part.training))
    loss = loss_of(net, x, y)
    loss.backward()
    loss_of(net.eval(), x, y)
    return {"loss": loss.detach(), "gradient": net.weight.grad, "training mode, as before": seen}


@probe
def loss_calls(loss_of, x, y):
    one, other = (torch.nn.Sequential(torch.nn.Linear(3, 3), torch.nn.Dropout(0.0)) for _ in range(2))
    return [(loss_of, one, x, y), (loss_of, other.eval(), x, y)]


def test_loss(student, reference, agree, untouched, rng):
    """5: `loss_of` is the cross-entropy of the scores, as low as sure and right answers deserve."""
    sure, one = 200 * torch.eye(3), torch.randn(1, 6, generator=rng)
    weight = torch.randn(4, 6, generator=rng)
    agree(
        through(losses, student.loss_of),
        through(losses, reference.loss_of),
        {
            "five samples": (weight, torch.randn(5, 6, generator=rng), torch.arange(5) % 4),
            "one sample": (weight, one, torch.tensor([2])),
            "bright samples": (weight, torch.rand(3, 6, generator=rng), torch.tensor([0, 3, 1])),
            "samples that are all the same": (weight, one.expand(4, 6), torch.arange(4)),
            "sure and right": (sure, torch.eye(3), torch.arange(3)),
            "sure and wrong": (sure, torch.eye(3), torch.tensor([1, 2, 0])),
        },
        parts={"training mode, as before": "call"},
        tolerance=SURE,
    )
    untouched(student.loss_of, loss_calls, torch.randn(2, 3, generator=rng), torch.tensor([0, 2]))
