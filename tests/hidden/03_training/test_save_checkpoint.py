import torch

from grader import probe
from grader.asking.tolerances import Tolerance

# a few float64 steps before and after the pause: below 1e-12
ROUNDING = Tolerance(1e-9, 1e-9)


def setting(rng):
    sizes = ((4, 3), (4,), (1, 4), (1,))
    weights = [torch.randn(size, generator=rng, dtype=torch.float64) for size in sizes]
    x = torch.randn(6, 3, generator=rng, dtype=torch.float64)
    return weights, x, x[:, :1] - 2 * x[:, 2:]


@probe
def in_the_file(save_checkpoint, weights, x, t, epoch, path):
    from pathlib import Path

    model = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Tanh(), torch.nn.Linear(4, 1)).double()
    with torch.no_grad():
        for p, value in zip(model.parameters(), weights, strict=True):
            p.copy_(value)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.5)
    torch.nn.functional.mse_loss(model(x), t).backward()
    optimizer.step()
    save_checkpoint(path, model, optimizer, epoch)
    if not Path(path).is_file():
        return {"a file at the path": False}
    saved = torch.load(path)  # as it is by default: plain tensors and numbers only
    there = [key for key in ("model", "optimizer", "epoch") if key in saved]
    if len(there) < 3:
        return {"a file at the path": True, "keys": there}  # nothing else is looked at
    velocities = [state["momentum_buffer"] for state in optimizer.state_dict()["state"].values()]
    kept = [state["momentum_buffer"] for state in saved["optimizer"]["state"].values()]
    return {
        "a file at the path": True,
        "keys": there,
        "weights": all(torch.equal(saved["model"][name], p) for name, p in model.state_dict().items()),
        "memory of the optimizer": all(torch.equal(a, b) for a, b in zip(kept, velocities, strict=True)),
        "its rate": saved["optimizer"]["param_groups"][0]["lr"],
        "epoch": saved["epoch"],
    }


def with_statistics(save_checkpoint, load_checkpoint, x, path):
    """What a model with a batch norm says in evaluation, and what a new one says that was loaded from its file."""
    models = [torch.nn.BatchNorm1d(3).double() for _ in range(2)]
    optimizers = [torch.optim.SGD(model.parameters(), lr=0.1) for model in models]
    for k in range(3):
        models[0](x + k)
    save_checkpoint(path, models[0], optimizers[0], 2)
    load_checkpoint(path, models[1], optimizers[1])
    said = [model.eval()(x).detach() for model in models]
    return {"the same answers": torch.equal(*said), "batches seen": models[1].num_batches_tracked.item()}


def test_running_statistics(student, same, run, rng):
    """The running statistics of a batch norm are saved and loaded with the rest."""
    x = 3 + torch.randn(6, 3, generator=rng, dtype=torch.float64)
    found = run(probe(with_statistics), student.save_checkpoint, student.load_checkpoint, x, "norm.pt")
    same(found, {"the same answers": True, "batches seen": 3}, "A model with a batch norm, in evaluation mode")


@probe
def saving(save_checkpoint):
    model = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4)).eval()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    return [
        (save_checkpoint, "of_eval.pt", model, optimizer, 1),
        (save_checkpoint, "of_train.pt", model.train(), optimizer, 2),
    ]


def test_file(student, same, run, untouched, rng):
    """The file can be read by `torch.load` and holds the two state dicts and the epoch."""
    for epoch, path in ((7, "after_7.pt"), (0, "checkpoint"), (2, "best.ckpt")):
        found = run(in_the_file, student.save_checkpoint, *setting(rng), epoch, path)
        due = {
            "a file at the path": True,
            "keys": ["model", "optimizer", "epoch"],
            "weights": True,
            "memory of the optimizer": True,
            "its rate": 0.01,
            "epoch": epoch,
        }
        same(found, due, f"What the file holds after epoch {epoch}")
    untouched(student.save_checkpoint, saving, but=["files"])


def resumed(save_checkpoint, load_checkpoint, weights, x, t, kind, path):
    """Three steps, a file, a new model and a new optimizer with another rate, three more steps."""

    def new(values, rate):
        model = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Tanh(), torch.nn.Linear(4, 1)).double()
        with torch.no_grad():
            for p, value in zip(model.parameters(), values, strict=True):
                p.copy_(value)
        options = {"lr": rate, "momentum": 0.9} if kind == "SGD" else {"lr": rate}
        return model, getattr(torch.optim, kind)(model.parameters(), **options)

    def go_on(model, optimizer):
        for _ in range(3):
            loss = torch.nn.functional.mse_loss(model(x), t)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()

    first = new(weights, 0.02)
    go_on(*first)
    save_checkpoint(path, *first, 3)
    second = new([value + 1 for value in weights], 0.5)
    epoch = load_checkpoint(path, *second)
    go_on(*second)
    return {"epoch": epoch, "weights": [p.detach().clone() for p in second[0].parameters()]}


@probe
def loading(load_checkpoint):
    model = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": 1}, "to_load.pt")
    return [(load_checkpoint, "to_load.pt", model, optimizer)]


def test_goes_on(student, reference, same, run, untouched, rng, tmp_path):
    """After loading, the training goes on as if there had been no pause, and the epoch comes back."""
    for kind in ("SGD", "Adam"):
        arguments = (*setting(rng), kind)
        path = str(tmp_path / kind)
        due = resumed(reference.save_checkpoint, reference.load_checkpoint, *arguments, path)
        found = run(probe(resumed), student.save_checkpoint, student.load_checkpoint, *arguments, kind)
        same(
            found,
            due,
            f"With {kind}, after three steps, a pause and three more steps",
            tolerance=ROUNDING,
            parts="parameter",
        )
    untouched(student.load_checkpoint, loading)
