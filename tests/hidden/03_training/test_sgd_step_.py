import torch

from grader import probe


def stepped(sgd_step_, values, x, rate):
    unused = torch.nn.Linear(2, 2)  # it gets no gradients
    layers = torch.nn.Linear(3, 4), unused, torch.nn.Tanh(), torch.nn.Linear(4, 2)
    net = torch.nn.Sequential(*layers).double()
    params = list(net.parameters())
    with torch.no_grad():
        for p, value in zip(params, values, strict=True):
            p.copy_(value)
    (net[3](net[2](net[0](x))) ** 2).mean().backward()
    before = [p.grad if p.grad is None else p.grad.clone() for p in params]
    net[2].eval()
    sgd_step_(net, rate)
    return {
        "values": [p.detach().clone() for p in net.parameters()],
        "the same objects": [new is old for new, old in zip(net.parameters(), params, strict=True)],
        "the modes stay": [part.training for part in net] == [True, True, False, True] and net.training,
        "require gradients": [p.requires_grad and p.is_leaf for p in net.parameters()],
        "the gradients": [
            "gone" if b.grad is None or not bool(b.grad.any()) else "kept" if torch.equal(a, b.grad) else "others"
            for a, b in zip(before, params, strict=True)
            if a is not None
        ],
    }


def values(rng):
    sizes = ((4, 3), (4,), (2, 2), (2,), (2, 4), (2,))
    return [torch.randn(size, generator=rng, dtype=torch.float64) for size in sizes]


def stepped_elsewhere(sgd_step_, weight):
    """The parameters of a module that holds one beside its layer, and of one that uses a weight in two places."""
    beside = torch.nn.Sequential(torch.nn.Linear(3, 3, bias=False)).double()
    beside.register_parameter("scale", torch.nn.Parameter(weight.clone()))
    twice = torch.nn.Sequential(torch.nn.Linear(3, 3, bias=False), torch.nn.Linear(3, 3, bias=False)).double()
    twice[1].weight = twice[0].weight
    found = {}
    for name, module in {"a parameter beside a layer": beside, "a weight that is used twice": twice}.items():
        for p in module.parameters():
            with torch.no_grad():
                p.copy_(weight)
            p.grad = weight.cos()
        sgd_step_(module, 0.1)
        found[name] = {key: p.detach().clone() for key, p in reversed(list(module.named_parameters()))}
    return found


@probe
def stepping(sgd_step_):
    return [(lambda: sgd_step_(torch.nn.Linear(2, 1), 0.1),)]


def test_step(student, reference, same, run, untouched, rng):
    """All parameters with a gradient move against it, in place; the others and all gradients stay."""
    for rate in (0.1, 1.5):
        arguments = values(rng), torch.randn(5, 3, generator=rng, dtype=torch.float64), rate
        due = stepped(reference.sgd_step_, *arguments)
        same(
            run(probe(stepped), student.sgd_step_, *arguments),
            due,
            f"After a step with the rate {rate}",
            parts="parameter",
        )
    weight = torch.randn(3, 3, generator=rng, dtype=torch.float64)
    due, found = (
        stepped_elsewhere(reference.sgd_step_, weight),
        run(probe(stepped_elsewhere), student.sgd_step_, weight),
    )
    same(found, due, "After a step with the rate 0.1")
    untouched(student.sgd_step_, stepping, but=["random numbers"])


def normed(gradient_norms, gradients):
    net = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Linear(4, 2)).double()
    for p, gradient in zip(net.parameters(), gradients, strict=True):
        p.grad = gradient
    return gradient_norms(net)


@probe
def norming(gradient_norms):
    net = torch.nn.Sequential(torch.nn.Linear(2, 1), torch.nn.Tanh())
    net(torch.ones(1, 2)).sum().backward()
    return [(gradient_norms, net)]


def test_norms(student, reference, same, run, untouched, rng):
    """`gradient_norms` names every parameter, with the norm of its gradient or None."""
    first, bias, _, _, second, _ = values(rng)
    gradients = [first, bias, second]
    for given in ([*gradients, None], [None, None, gradients[2], torch.zeros(2).double()]):
        due = normed(reference.gradient_norms, given)
        same(run(probe(normed), student.gradient_norms, given), due, "`gradient_norms`")
    untouched(student.gradient_norms, norming)
