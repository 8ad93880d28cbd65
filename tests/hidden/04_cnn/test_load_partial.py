import torch

from grader import probe
from grader.asking.through import through


def loaded(load_partial, start, weights):
    nn = torch.nn
    net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.Sequential(nn.Flatten(), nn.Linear(8, 3)))
    net.load_state_dict(start)
    report = load_partial(net, weights)
    return {"report": report, "state": {name: value.clone() for name, value in net.state_dict().items()}}


def states(rng):
    nn = torch.nn
    net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.Sequential(nn.Flatten(), nn.Linear(8, 3)))
    shapes = {name: value.shape for name, value in net.state_dict().items() if value.ndim}
    one, other = ({name: torch.rand(s, generator=rng) for name, s in shapes.items()} for _ in range(2))
    return {**one, "1.num_batches_tracked": torch.tensor(3)}, {**other, "1.num_batches_tracked": torch.tensor(7)}


def test_what_fits(student, reference, agree, rng):
    """What has the same name and the same shape is loaded, buffers too; all else stays; both lists tell."""
    start, weights = states(rng)
    other_head = {**weights, "2.1.weight": torch.rand(5, 8, generator=rng), "2.1.bias": torch.rand(5, generator=rng)}
    renamed = {"head.weight": weights["2.1.weight"], **{n: w for n, w in weights.items() if not n.startswith("1")}}
    turned = {"2.1.weight": weights["2.1.weight"].reshape(8, 3), "0.bias": weights["0.bias"].reshape(2, 1)}
    thin = {"0.weight": weights["0.weight"][:1], "0.bias": weights["0.bias"][:1], "1.weight": torch.tensor(3.0)}
    cast = {name: w.double() if w.is_floating_point() else w for name, w in weights.items()}
    cases = {
        "all fits": weights,
        "there is another head": other_head,
        "parts are renamed": renamed,
        "shapes are turned": turned,
        "shapes would broadcast": thin,
        "numbers are of another dtype": cast,
        "numbers are negative or all the same": {"0.bias": torch.tensor([-1.0, -1.0])},
        "there is nothing": {},
    }
    agree(
        through(loaded, student.load_partial),
        through(loaded, reference.load_partial),
        {f"weights of which {what}": (start, given) for what, given in cases.items()},
        layouts=("sliced", "expanded"),
        parts={"report": "names that got nothing, names that were not used"},
    )


@probe
def trained_afterwards(load_partial, weights):
    net = torch.nn.Linear(3, 2)
    before = {name: value.clone() for name, value in weights.items()}
    kept = list(net.parameters())
    frozen = torch.nn.Linear(2, 2).eval().requires_grad_(False)
    load_partial(frozen, {"weight": torch.zeros(2, 2)})
    report = load_partial(net, weights)
    grads = [w.requires_grad for w in weights.values()]
    net(torch.ones(4, 3)).sum().backward()
    torch.optim.SGD(net.parameters(), lr=1.0).step()
    return {
        "report": report,
        "names of the given weights": list(weights),
        "the given weights as before": all(torch.equal(weights[name], before[name]) for name in weights),
        "the parameters are the same objects": all(p is q for p, q in zip(net.parameters(), kept, strict=True)),
        "modes": [net.training, frozen.training],
        "hooks": len(net._forward_hooks),
        "weights that require gradients": [*grads, *(p.requires_grad for p in frozen.parameters())],
    }


@probe
def calls(load_partial, weights):
    return [(load_partial, torch.nn.Linear(3, 2), weights)]


def test_weights_stay(student, same, run, untouched, rng):
    """The weights that were given stay as they are, also under training; parameters stay the same objects."""
    weights = {"weight": torch.rand(2, 3, generator=rng), "other": torch.rand(2, generator=rng)}
    due = {
        "report": (["bias"], ["other"]),
        "names of the given weights": ["weight", "other"],
        "the given weights as before": True,
        "the parameters are the same objects": True,
    }
    due |= {"modes": [True, False], "hooks": 0, "weights that require gradients": [False] * 4}
    same(
        run(trained_afterwards, student.load_partial, weights),
        due,
        "After a training step",
        about="arguments",
        parts={
            "report": "names that got nothing, names that were not used",
            "modes": "network in training mode, network in evaluation mode",
            "weights that require gradients": "tensor",
        },
    )
    untouched(student.load_partial, calls, weights, but=["arguments"])
