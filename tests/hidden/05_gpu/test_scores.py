import torch

from grader import probe
from grader.asking.through import through

from .graphs import beyond_one, watched_graphs


def scored(scores, weight, x, place, device):
    if x.is_floating_point():
        model = torch.nn.Linear(weight.shape[1], len(weight), bias=False, dtype=x.dtype)
        with torch.no_grad():
            model.weight.copy_(weight)
    else:
        model = torch.nn.Embedding.from_pretrained(weight, freeze=False)
    found = scores(model.to(device), x.to(place))
    return {"scores": found.detach(), "with a graph": found.requires_grad}


@probe
def on_two_cards(scores, x):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True):
        model = torch.nn.Linear(x.shape[1], 2).to("cuda:1")
        return [str(scores(model, x.to(place)).device) for place in ("cuda:0", "cuda:1", "cpu")]


@probe
def score_calls(scores, x):
    return [(scores, torch.nn.Linear(3, 2).eval(), x), (scores, torch.nn.Linear(3, 2), x)]


def test_scores(student, reference, agree, same, run, untouched, rng):
    """The batch is brought to the model, wherever the two are, and the result has its graph."""
    weight = torch.randn(2, 3, generator=rng)
    agree(
        through(scored, student.scores),
        through(scored, reference.scores),
        {
            "a batch on the CPU, a model on a card": (weight, torch.rand(4, 3, generator=rng), "cpu", "cuda"),
            "a batch on a card, a model on the CPU": (weight, torch.rand(2, 3, generator=rng), "cuda", "cpu"),
            "both on a card": (weight, torch.randn(1, 3, generator=rng), "cuda", "cuda"),
            "a sample of one number": (weight[:, :1], torch.randn(1, 1, generator=rng), "cpu", "cuda"),
            "as many samples as features": (weight, torch.randn(3, 3, generator=rng), "cuda", "cuda"),
            "whole numbers for an embedding": (weight, torch.tensor([1, 0, 1]), "cpu", "cuda"),
            "both on the CPU": (-weight, torch.rand(5, 2, 3, generator=rng), "cpu", "cpu"),
        },
        layouts=("sliced", "expanded"),
        dtypes=[torch.float64],
    )
    found = run(on_two_cards, student.scores, torch.rand(2, 3, generator=rng))
    parts = "batch from the first card, batch from the second card, batch from the CPU"
    same(found, ["cuda:1"] * 3, "Devices of the scores of a model on the second card", parts=parts)
    untouched(student.scores, score_calls, torch.rand(2, 3, generator=rng))


@probe
def crossed(weighted, losses):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True) as machine:
        losses = losses.to("cuda:1")
        before = machine.counts
        device = weighted(losses).device
        found = machine.counts - before
    waits = found.synchronising_reads + found.synchronisations
    return {"device": str(device), "copies and waits": found.host_to_device + found.device_to_host + waits}


def test_weighted(student, reference, agree, same, run, rng):
    """Later losses count more, on whatever device they are; nothing crosses and nothing waits."""
    losses = torch.rand(6, generator=rng)
    agree(
        student.weighted,
        reference.weighted,
        {
            "six losses on a card": (losses.to("cuda"),),
            "four losses on the CPU": (losses[:4] - 0.5,),
            "a single loss": (losses[:1] + 3,),
        },
        layouts=("sliced", "expanded"),
        dtypes=[torch.float32, torch.float64],
        graph=True,
    )
    due = {"device": "cuda:1", "copies and waits": 0}
    same(run(crossed, student.weighted, losses), due, "On the second card")


@probe
def loop_calls(loop, x, trains):
    model, loss_fn = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.Dropout(0.0)), torch.nn.MSELoss()
    optimizer = [torch.optim.SGD(model.parameters(), lr=0.1)] if trains else []
    return [(loop, model, [(x, x[:, :2])] * 2, *optimizer, loss_fn)]


@probe
def looked(lowest, x, factor, training):
    from grader import simulated_cuda

    graphs, modes = [], []

    def loss_fn(predicted, target):  # not the same when its arguments are exchanged
        graphs.append(predicted.requires_grad)
        return factor * (predicted - 2 * target).square().mean()

    with simulated_cuda(devices=2, join=True) as machine:
        model = torch.nn.Linear(2, 1, bias=False)
        with torch.no_grad():
            model.weight.fill_(0.5)
        model.to("cuda:1").train(training)
        model.register_forward_hook(lambda module, given, result: modes.append(module.training))
        batches = [(part.to("cuda:1"), part[:, :1].to("cuda:1")) for part in x.split(3)]
        before = machine.counts
        found = lowest(model, iter(batches), loss_fn)
        counts = machine.counts - before
    waits = counts.synchronising_reads + counts.synchronisations
    return {
        "lowest": found,
        "reads beyond one": max(waits - 1, 0),
        "a graph is built": any(graphs),
        "mode": [model.training, *modes],
    }


def looped(loop, batches, trains):
    model = torch.nn.Linear(2, 1, bias=False)
    with torch.no_grad():
        model.weight.fill_(0.5)
    optimizer = [torch.optim.SGD(model.parameters(), lr=0.1)] if trains else []
    return loop(model, batches, *optimizer, lambda predicted, target: (predicted - 2 * target).square().mean())


def lists(rng, trains):
    """Batches in a list, which a loop may be given as well."""
    rows, pictures = torch.randn(7, 2, generator=rng), torch.rand(3, 4, 5, 2, generator=rng)
    return {
        "rows of numbers": ([(part, part[:, :1]) for part in rows.split(3)], trains),
        "pictures": ([(part, part[..., :1]) for part in pictures.split(1)], trains),
    }


def test_lowest(student, reference, same, run, agree, untouched, rng):
    """The lowest of all losses, however large or small, as a float, with a single read and without a graph."""
    for n, factor, training in ((12, 1.0, False), (7, -3.0, True), (2, 1e12, False)):
        x = torch.rand(n, 2, generator=rng) - 0.3
        losses = [factor * (0.5 * part.sum(dim=1) - 2 * part[:, 0]).square().mean() for part in x.split(3)]
        due = {
            "lowest": min(losses).item(),
            "reads beyond one": 0,
            "a graph is built": False,
            "mode": [training] * (1 + len(losses)),
        }
        found = run(looked, student.lowest, x, factor, training)
        kind = {1.0: "losses", -3.0: "losses below zero", 1e12: "very large losses"}[factor]
        what = f"Batches of 3 from {n} samples on the second card, with {kind}"
        same(found, due, what, parts={"mode": "moment"})
    agree(through(looped, student.lowest), through(looped, reference.lowest), lists(rng, False))
    untouched(student.lowest, loop_calls, torch.rand(2, 3, generator=rng), False)


def kept(history, x, device, training):
    from grader import simulated_cuda

    def loss_fn(predicted, target):
        return (predicted - 2 * target).square().mean()

    with simulated_cuda(devices=2, join=True) as machine:
        model = torch.nn.Linear(2, 1, bias=False)
        with torch.no_grad():
            model.weight.fill_(0.5)
        model.to(device).train(training)
        modes = []
        model.register_forward_hook(lambda module, given, result: modes.append(module.training))
        model.weight.grad = torch.ones_like(model.weight)
        alive = watched_graphs(model)
        batches = [(part.to(device), part[:, :1].to(device)) for part in x.split(3)]
        given, hooks = [(x.clone(), y.clone()) for x, y in batches], len(model._forward_hooks)
        before = machine.counts
        losses = history(
            model, batches if training else iter(batches), torch.optim.SGD(model.parameters(), lr=0.1), loss_fn
        )
        counts = machine.counts - before
        waits = counts.synchronising_reads + counts.synchronisations if device != "cpu" else 0
        pairs = zip(batches, given, strict=False)
        stays = all(
            torch.equal(a, b) and not a.requires_grad for one, two in pairs for a, b in zip(one, two, strict=True)
        )
        return {
            "batches and hooks as before": stays and [len(batches), len(model._forward_hooks)] == [len(given), hooks],
            "device": str(losses.device),
            "losses": losses.detach().cpu(),
            "graph of the losses": losses.requires_grad,
            "graphs of earlier steps that are kept": beyond_one(alive),
            "waits": waits,
            "mode": [model.training, *modes],
            "weight": model.weight.detach().cpu(),
        }


def test_history(student, reference, same, run, agree, untouched, rng):
    """The losses before each step, on the device, without graphs; nothing waits, and old gradients do not count."""
    for n, device, training in ((12, "cuda:1", False), (7, "cpu", True), (3, "cuda:0", False)):
        x = torch.rand(n, 2, generator=rng) - 0.3
        due = kept(reference.history, x, device, training)
        found = run(probe(uses=[watched_graphs, beyond_one])(kept), student.history, x, device, training)
        what = f"Batches of 3 from {n} samples on {device}"
        same(found, due, what, parts={"losses": "step", "mode": "moment"})
    agree(through(looped, student.history), through(looped, reference.history), lists(rng, True), parts="batch")
    untouched(student.history, loop_calls, torch.rand(2, 3, generator=rng), True, but=["arguments"])


def test_mean_of(student, reference, agree, rng):
    """The mean is right where the sum is larger than float16 can hold, in float32 and on the device."""
    t = 60000 * torch.rand(5, 40, generator=rng)
    agree(
        student.mean_of,
        reference.mean_of,
        {
            "large numbers": (t.half(),),
            "large negative numbers on a card": (-t.half().to("cuda"),),
            "small numbers of both signs": ((t[0] / 60000 - 0.5).half(),),
            "a single number": (torch.tensor(3.5).half(),),
            "zeros": (torch.zeros(2, 3).half(),),
        },
        layouts=("sliced", "expanded"),
        single=[0],
        graph=True,
        shapes="any",
    )
