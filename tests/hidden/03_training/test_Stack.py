import torch

from grader import probe
from grader.asking.variations import expanded, sliced


def registered(stack, sizes):
    net = stack(sizes)
    net(torch.ones(2, sizes[0])).sum().backward()
    return {
        "nn.Module": isinstance(net, torch.nn.Module),
        "parameters": sorted(list(p.shape) for p in net.parameters()),
        "with a gradient": sum(p.grad is not None for p in net.parameters()),
    }


def test_parameters_are_registered(student, reference, same, run):
    """The weights of all layers are the module's parameters, each layer with its own, and all are used."""
    for sizes in ([3, 8, 8, 8, 1], [3, 7, 4, 6, 2], [2, 5]):
        due = registered(reference.Stack, sizes)
        same(run(probe(registered), student.Stack, sizes), due, f"Stack({sizes})", parts={"parameters": "shape"})


def watched(stack, sizes, x):
    net = stack(sizes).to(x.dtype)
    seen = []
    for part in net.modules():
        if isinstance(part, torch.nn.Linear):
            part.register_forward_hook(lambda layer, given, result: seen.append((given[0], result)))
    y = net(x)
    return {
        "linear layers called": len(seen),
        "the first gets x": seen[0][0].dtype == x.dtype and torch.equal(seen[0][0], x),
        "tanh between": [torch.allclose(after[0], torch.tanh(before[1])) for before, after in zip(seen, seen[1:])],  # noqa: B905, RUF007
        "nothing behind the last": y.dtype == x.dtype and torch.allclose(seen[-1][1], y),
    }


@probe
def calling(stack, x):
    return [(stack([3, 4, 1]), x)]


def test_tanh_between(student, reference, same, run, untouched, rng):
    """x goes through the layers one after the other, with a tanh between each two, and none at the end."""
    six = torch.randn(6, 3, generator=rng, dtype=torch.float64)
    ways = (six.float(), sliced(six), expanded(six), six[:1], six.clone().requires_grad_())
    laid_out = [([3, 5, 2], t) for t in ways]
    for sizes, x in (([3, 8, 8, 1], six), ([4, 2], torch.randn(2, 4, generator=rng, dtype=torch.float64)), *laid_out):
        due = watched(reference.Stack, sizes, x)
        same(
            run(probe(watched), student.Stack, sizes, x),
            due,
            f"In Stack({sizes})",
            parts={"parameters": "shape", "tanh between": "layer"},
        )
    untouched(student.Stack, calling, torch.randn(2, 3, generator=rng))


def counted(count_params):
    plain = torch.nn.Sequential(torch.nn.Linear(5, 3), torch.nn.ReLU(), torch.nn.Linear(3, 2, bias=False))
    frozen = torch.nn.Sequential(torch.nn.Linear(7, 4), torch.nn.Linear(4, 1))
    for p in frozen[0].parameters():
        p.requires_grad_(False)
    half_frozen = torch.nn.Linear(5, 2)
    half_frozen.weight.requires_grad_(False)
    twice = torch.nn.Sequential(torch.nn.Linear(4, 4), torch.nn.Linear(4, 4))
    twice[1].weight = twice[0].weight
    modules = {
        "two layers": plain,
        "a frozen layer": frozen,
        "a frozen weight beside a bias that learns": half_frozen,
        "a layer with running statistics": torch.nn.BatchNorm1d(6),
        "no parameters": torch.nn.Tanh(),
        "a weight that is used twice": twice,
        "a convolution": torch.nn.Conv2d(3, 4, kernel_size=5),
        "an embedding": torch.nn.Embedding(7, 3),
        "a single number": torch.nn.ParameterList([torch.nn.Parameter(torch.tensor(2.0))]),
    }
    return {name: count_params(module) for name, module in modules.items()}


@probe
def counting(count_params):
    return [(count_params, torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.BatchNorm1d(2)))]


def test_counts(student, reference, same, run, untouched):
    """`count_params` counts the numbers in all parameters, and in those that are not frozen."""
    same(
        run(probe(counted), student.count_params),
        counted(reference.count_params),
        "`count_params`",
        parts="all numbers, numbers that are not frozen",
    )
    untouched(student.count_params, counting)
