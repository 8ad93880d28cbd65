import torch

from grader import probe
from grader.asking.through import through


def trained(train_step, weight, batches, device):
    def loss_fn(predicted, target):  # not the same when its arguments are exchanged
        if target.dtype == torch.int64:
            return torch.nn.functional.cross_entropy(predicted, target)
        return (predicted - 2 * target).square().mean()

    model = torch.nn.Linear(3, 2, bias=False).double()
    with torch.no_grad():
        model.weight.copy_(weight)
    model.to(device)
    model.weight.grad = torch.ones_like(model.weight)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    kept = [[t.clone() for t in batch] for batch in batches]
    model.train(device == "cuda")
    modes = []
    model.register_forward_hook(lambda module, given, result: modes.append(module.training))
    losses = [train_step(model, batch, optimizer, loss_fn) for batch in batches]
    return {
        "losses": losses,
        "weight": model.weight.detach(),
        "graphs": [loss.requires_grad for loss in losses],
        "batches as before": all(
            torch.equal(a, b) and not a.requires_grad
            for one, other in zip(batches, kept, strict=True)
            for a, b in zip(one, other, strict=True)
        ),
        "hooks": len(model._forward_hooks),
        "mode": [*modes, model.training],
    }


def setting(rng, n=3):
    weight = torch.randn(2, 3, generator=rng, dtype=torch.float64)
    draw = [torch.randn(2, 4, 3, generator=rng, dtype=torch.float64) for _ in range(n)]
    return weight, [(x, y[:, :2]) for x, y in draw]


@probe
def calls(train_step, x, y):
    model = torch.nn.Linear(3, 2).double()
    return [(train_step, model, (x, y), torch.optim.SGD(model.parameters(), lr=0.1), torch.nn.MSELoss())]


def test_steps(student, reference, agree, untouched, rng):
    """Losses without a graph, and weights, after three steps on the model's device; old gradients do not count."""
    weight, batches = setting(rng, 2)
    bright = [(x.abs(), y.abs()) for x, y in setting(rng, 2)[1]]
    agree(
        through(trained, student.train_step),
        through(trained, reference.train_step),
        {
            "three steps on a card": (*setting(rng), "cuda"),
            "three steps on the CPU": (*setting(rng), "cpu"),
            "targets that are labels": (weight, [(x, (y[:, 0] > 0).long()) for x, y in batches], "cuda"),
            "batches of one sample": (weight, [(x[:1], y[:1]) for x, y in batches], "cuda"),
            "batches of one sample with a label": (weight, [(x[:1], (y[:1, 0] > 0).long()) for x, y in batches], "cpu"),
            "batches of three samples": (weight, [(x[:3], y[:3]) for x, y in bright], "cuda"),
            "batches of sequences": (weight, [(x[None], y[None]) for x, y in batches], "cpu"),
        },
        layouts=("sliced", "expanded"),
        parts={"losses": "step", "graphs": "step", "mode": "moment"},
    )
    untouched(student.train_step, calls, *batches[0], but=["arguments"])


@probe
def crossed(train_step, batches):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True) as machine:
        model = torch.nn.Linear(3, 2).double().to("cuda:1")
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        before = machine.counts
        for batch in batches:
            train_step(model, batch, optimizer, torch.nn.MSELoss())
        found = machine.counts - before
    return {
        "copies to the card": found.host_to_device + found.device_to_device,
        "times that Python waited": found.synchronising_reads + found.synchronisations,
    }


def test_nothing_waits(student, same, run, rng):
    """Inputs and targets cross once, also to a second card; nothing else crosses and nothing waits."""
    due = {"copies to the card": 6, "times that Python waited": 0}
    same(run(crossed, student.train_step, setting(rng)[1]), due, "In three steps")
