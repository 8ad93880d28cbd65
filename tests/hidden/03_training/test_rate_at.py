import torch

from grader import probe


def test_schedule(student, reference, agree):
    """The rate rises in a straight line and falls along half a cosine wave."""
    settings = ((0.1, 5, 20), (2.0, 1, 4), (0.3, 0, 10), (1e-3, 9, 10))
    cases = [(epoch, base, warmup, total) for base, warmup, total in settings for epoch in range(total)]
    agree(student.rate_at, reference.rate_at, cases)


def moved(set_rate, rate):
    p, q = (torch.ones(2, dtype=torch.float64, requires_grad=True) for _ in range(2))
    optimizer = torch.optim.SGD([{"params": [p]}, {"params": [q], "lr": 0.5}], lr=0.1, momentum=0.5)
    (p + 3 * q).sum().backward()
    optimizer.step()
    set_rate(optimizer, rate)
    optimizer.step()
    return {"first group": p.detach().clone(), "second group": q.detach().clone()}


@probe
def settings(set_rate):
    """The settings of two groups afterwards, and the tensors that they hold."""
    p, q, r = (torch.ones(2, requires_grad=True) for _ in range(3))
    groups = [{"params": [p, q]}, {"params": [r], "weight_decay": 0.25, "momentum": 0.5}]
    optimizer = torch.optim.SGD(groups, lr=0.1, momentum=0.75, nesterov=True)
    set_rate(optimizer, 0.5)
    kept = ("lr", "momentum", "weight_decay", "nesterov")
    found = [{name: group.get(name) for name in kept} for group in optimizer.param_groups]
    held = [[id(t) for t in group["params"]] for group in optimizer.param_groups]
    return {"settings": found, "the same parameters": held == [[id(p), id(q)], [id(r)]]}


@probe
def setting(set_rate):
    return [(set_rate, torch.optim.SGD([torch.ones(2, requires_grad=True)], lr=0.1), 0.5)]


def test_next_step_has_the_rate(student, reference, same, demand, run, untouched):
    """After `set_rate` the next step of every group is made with this rate; memory and other settings stay."""
    for rate in (0.25, 1e-3):
        due = moved(reference.set_rate, rate)
        same(run(probe(moved), student.set_rate, rate), due, f"A step after `set_rate(optimizer, {rate})`")
    first, second = (
        {"lr": 0.5, "momentum": m, "weight_decay": w, "nesterov": True} for m, w in ((0.75, 0), (0.5, 0.25))
    )
    found = run(settings, student.set_rate)
    same(found["settings"], [first, second], "The settings after `set_rate(optimizer, 0.5)`", parts="group")
    demand(found["the same parameters"], "After `set_rate` the groups no longer hold the same parameters.")
    untouched(student.set_rate, setting)
