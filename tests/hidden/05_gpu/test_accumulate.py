import torch

from grader import probe
from grader.asking.through import through
from grader.asking.tolerances import Tolerance
from grader.asking.words import count

from .graphs import beyond_one, watched_graphs

# a few dozen float64 operations, in another order; the mean loss may be summed up in float32
ROUNDING = Tolerance(1e-9, 1e-11)
SUMMED = Tolerance(1e-5, 1e-6)


@probe
def stepped(accumulate, weight, x, y, size, device):
    def loss_fn(predicted, target):  # not the same when its arguments are exchanged
        return (predicted - 2 * target).square().mean()

    model = torch.nn.Linear(3, 2, bias=False).double()
    with torch.no_grad():
        model.weight.copy_(weight)
    model.to(device)
    model.weight.grad = torch.ones_like(model.weight)
    seen, steps, graphs, most, modes = [], [], [], [], set()

    def watch(module, given, result):
        seen.append(len(given[0]))
        modes.add(module.training)
        if result.requires_grad:
            graphs.append(1)
            result.register_hook(lambda grad: graphs.pop() and None)
        most.append(len(graphs))

    model.register_forward_hook(watch)
    model.train(len(x) == 7)

    class Watched(torch.optim.SGD):
        def step(self, closure=None):
            steps.append(1)
            return super().step(closure)

    optimizer = Watched(model.parameters(), lr=0.1)
    given = x.to(device, copy=True), y.to(device, copy=True)
    loss = accumulate(model, *given, loss_fn, optimizer, size)
    stay = [torch.equal(t.cpu(), was) and not t.requires_grad for t, was in zip(given, (x, y), strict=True)]
    return {
        "x and y as before": all(stay),
        "axes of the loss": loss.ndim,
        "loss": float(loss),
        "graph": loss.requires_grad,
        "weight": model.weight.detach().cpu(),
        "steps": len(steps),
        "largest part": max(seen),
        "samples seen": sum(seen),
        "graphs of parts at a time": max(most),
        "hooks": len(model._forward_hooks),
        "training mode": sorted({model.training, *modes}),
    }


def plain(accumulate, weight, x, y, size):
    model = torch.nn.Linear(weight.shape[1], len(weight), bias=False, dtype=x.dtype)
    with torch.no_grad():
        model.weight.copy_(weight)
    accumulate(model, x, y, torch.nn.functional.mse_loss, torch.optim.SGD(model.parameters(), lr=0.1), size)
    return model.weight.detach()


@probe(uses=[watched_graphs, beyond_one])
def living_on(accumulate):
    model = torch.nn.Linear(2, 1)
    alive = watched_graphs(model)
    x = torch.ones(5, 2)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    accumulate(model, x, x[:, :1], torch.nn.functional.mse_loss, optimizer, 1)
    return beyond_one(alive)


@probe
def calls(accumulate, x, y):
    model = torch.nn.Linear(3, 2).double()
    return [(accumulate, model, x, y, torch.nn.MSELoss(), torch.optim.SGD(model.parameters(), lr=0.1), 2)]


def test_step_of_the_whole(student, reference, same, run, agree, untouched, rng):
    """One step, the same as with the whole batch, though the model only sees parts; old gradients do not count."""
    for n, size, device in ((10, 4, "cuda"), (9, 3, "cpu"), (5, 8, "cuda"), (7, 2, "cuda"), (4, 1, "cpu")):
        weight = torch.randn(2, 3, generator=rng, dtype=torch.float64)
        x = torch.randn(n, 3, generator=rng, dtype=torch.float64)
        y = torch.randn(n, 2, generator=rng, dtype=torch.float64)
        leaf = weight.clone().requires_grad_()
        loss = (x @ leaf.T - 2 * y).square().mean()
        loss.backward()
        due = {
            "loss": loss.item(),
            "x and y as before": True,
            "axes of the loss": 0,
            "graph": False,
            "weight": weight - 0.1 * leaf.grad,
            "steps": 1,
            "largest part": min(n, size),
            "samples seen": n,
            "graphs of parts at a time": 1,
            "hooks": 1,
            "training mode": [n == 7],
        }
        found = run(stepped, student.accumulate, weight, x, y, size, device)
        what = f"{count(n, 'sample')} in parts of {size} on {device}"
        if isinstance(found, dict):
            same(found.pop("loss", None), due.pop("loss"), f"The loss of {what}", tolerance=SUMMED)
        same(found, due, what, tolerance=ROUNDING)

    def drawn(*shapes):
        return [torch.randn(shape, generator=rng, dtype=torch.float64) for shape in shapes]

    agree(
        through(plain, student.accumulate),
        through(plain, reference.accumulate),
        {
            "three samples": (*drawn((2, 3), (3, 3), (3, 2)), 2),
            "one sample": (*drawn((2, 3), (1, 3), (1, 2)), 2),
            "sequences": (*drawn((2, 3), (4, 2, 3), (4, 2, 2)), 3),
            "one feature": (*[t.abs() for t in drawn((1, 1), (5, 1), (5, 1))], 2),
        },
        tolerance=ROUNDING,
        layouts=("sliced", "expanded"),
    )
    same(run(living_on, student.accumulate), 0, "How many graphs of earlier parts are kept, of five")
    untouched(student.accumulate, calls, *drawn((5, 3), (5, 2)), but=["arguments"])
