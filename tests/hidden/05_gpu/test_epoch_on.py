import torch

from grader import probe
from grader.asking.through import through

from .graphs import beyond_one, watched_graphs


def trained(epoch_on, weight, batches, device):
    def loss_fn(predicted, target):  # not the same when its arguments are exchanged
        if target.dtype == torch.int64:
            return torch.nn.functional.cross_entropy(predicted, target)
        return (predicted - 2 * target).square().mean()

    model = torch.nn.Sequential(torch.nn.Linear(3, 2, bias=False)).double()
    with torch.no_grad():
        model[0].weight.copy_(weight)
    model.to(device)
    model[0].weight.grad = torch.ones_like(model[0].weight)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.5)
    kept = [[t.clone() for t in batch] for batch in batches]
    losses = [epoch_on(model, batches, optimizer, loss_fn, device) for _ in range(2)]
    stay = [torch.equal(a, b) for one, two in zip(batches, kept, strict=True) for a, b in zip(one, two, strict=True)]
    graphs = [t.requires_grad for batch in batches for t in batch]
    hooks = [len(part._forward_hooks) for part in model.modules()]
    return {
        "losses": losses,
        "weight": model[0].weight.detach(),
        "batches as before": all(stay) and not any(graphs),
        "hooks": sum(hooks),
        "training mode": model.training,
    }


def setting(rng, *sizes):
    weight = torch.randn(2, 3, generator=rng, dtype=torch.float64)
    draw = [torch.randn(2, n, 3, generator=rng, dtype=torch.float64) for n in sizes]
    return weight, [(x, y[:, :2]) for x, y in draw]


@probe
def calls(epoch_on, x, y):
    model = torch.nn.Linear(3, 2).double()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    return [(epoch_on, model, [(x, y)], optimizer, torch.nn.MSELoss(), "cpu")]


def test_two_epochs(student, reference, agree, same, run, untouched, rng):
    """Mean losses per sample, as Python floats, and weights after two epochs; old gradients do not count."""
    weight, batches = setting(rng, 3, 2)
    agree(
        through(trained, student.epoch_on),
        through(trained, reference.epoch_on),
        {
            "two epochs of batches of 4, 4 and 1 on a card": (*setting(rng, 4, 4, 1), "cuda"),
            "two epochs of batches of 5 and 2 on the CPU": (*setting(rng, 5, 2), "cpu"),
            "targets that are labels": (weight, [(x, (y[:, 0] > 0).long()) for x, y in batches], "cuda"),
            "batches of sequences": (weight, [(x[:, None], y[:, None]) for x, y in batches], "cuda"),
            "batches of one": (weight, [(x[:1].abs(), y[:1].abs()) for x, y in batches], "cuda"),
        },
        layouts=("sliced", "expanded"),
        parts={"losses": "epoch"},
    )
    due = {"steps": 3, "the mean loss": "not finite"}
    what = "When the second of three batches has an infinite loss"
    same(run(overflowing, student.epoch_on, *batches[0]), due, what)
    untouched(student.epoch_on, calls, *batches[0], but=["arguments"])


@probe
def overflowing(epoch_on, x, y):
    """An epoch of three batches, of which the second has an infinite loss."""
    steps = []

    class Counted(torch.optim.SGD):
        def step(self, closure=None):
            steps.append("step")
            return super().step(closure)

    model = torch.nn.Linear(3, 2).double()
    batches = [(x, y), (1e200 * x, y), (x, y)]
    mean = epoch_on(model, batches, Counted(model.parameters(), lr=1e-9), torch.nn.MSELoss(), "cpu")
    return {"steps": len(steps), "the mean loss": "finite" if abs(mean) < float("inf") else "not finite"}


@probe(uses=[watched_graphs, beyond_one])
def living_on(epoch_on):
    model = torch.nn.Linear(2, 1)
    alive = watched_graphs(model)
    x = torch.ones(5, 2)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    epoch_on(model, [(x[:1], x[:1, :1])] * 5, optimizer, torch.nn.functional.mse_loss, "cpu")
    return beyond_one(alive)


@probe
def watched(epoch_on, batches):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True) as machine:
        model = (
            torch.nn.Sequential(torch.nn.Linear(3, 64), torch.nn.ReLU(), torch.nn.Linear(64, 2)).double().to("cuda:1")
        )
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        modes = []
        model.register_forward_hook(lambda *_: modes.append(all(part.training for part in model.modules())))
        model.eval()
        before, during = machine.counts, []

        def loader():  # it can be gone through only once
            for batch in batches:
                during.append((machine.counts - before).synchronising_reads)
                yield batch

        epoch_on(model, loader(), optimizer, torch.nn.MSELoss(), "cuda:1")
        found = machine.counts - before
    reads = found.synchronising_reads + found.synchronisations
    sent = sum(t.nbytes for batch in batches for t in batch)
    # one number more may cross: a zero that was made on the CPU, to add the losses to
    return {
        "one copy for each tensor of a batch": 8 <= found.host_to_device <= 9,
        "the weights stay where they are": found.host_to_device_bytes <= sent + 8 and found.device_to_device == 0,
        # one at any time will do
        "values read before the last batch, of several": max(during, default=0) if reads > 1 else 0,
        "values read beyond one": max(reads - 1, 0),
        "training mode": [*modes, model.training],
    }


def test_what_crosses(student, same, run, rng):
    """The batches cross once, the weights not at all; at most one value is read; the model is in training mode."""
    _, batches = setting(rng, 8, 8, 8, 3)
    due = {
        "one copy for each tensor of a batch": True,
        "the weights stay where they are": True,
        "values read before the last batch, of several": 0,
        "values read beyond one": 0,
        "training mode": [True] * 5,
    }
    same(run(watched, student.epoch_on, batches), due, "In an epoch of four batches", parts={"training mode": "moment"})
    same(run(living_on, student.epoch_on), 0, "How many graphs of earlier steps are kept, of five")
