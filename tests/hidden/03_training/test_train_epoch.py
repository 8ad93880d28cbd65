import torch

from grader import probe
from grader.asking.tolerances import Tolerance

# two epochs of a few steps in float64: below 1e-13
ROUNDING = Tolerance(1e-9, 1e-9)


def trained(train_epoch, x, t, weights, size):
    def weighted(predicted, due):  # what lies above zero counts twice: which argument is which matters
        return ((predicted - due) ** 2 * (1 + (due > 0))).mean()

    model = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Tanh(), torch.nn.Linear(4, 1)).double()
    with torch.no_grad():
        for p, value in zip(model.parameters(), weights, strict=True):
            p.copy_(value)
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, t), batch_size=size)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.5)
    losses = [train_epoch(model, loader, optimizer, weighted) for _ in range(2)]
    return {"weights": [p.detach().clone() for p in model.parameters()], "losses": losses}


def setting(rng, n, size):
    sizes = ((4, 3), (4,), (1, 4), (1,))
    weights = [torch.randn(s, generator=rng, dtype=torch.float64) for s in sizes]
    x = torch.randn(n, 3, generator=rng, dtype=torch.float64)
    return x, x[:, :1] - 2 * x[:, 2:], weights, size


@probe
def counted(train_epoch, x, t, loss):
    """An epoch of three batches, of which the second has an infinite loss, or none at all."""
    steps = []

    class Counted(torch.optim.SGD):
        def step(self, closure=None):
            steps.append("step")
            return super().step(closure)

    model = torch.nn.Linear(3, 1).double()
    x, t = x.clone(), t.clone()
    if loss == "infinite":
        x[2:4] = 1e200
    else:
        t[2:4] = model(x[2:4]).detach()
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, t), batch_size=2)
    mean = train_epoch(model, loader, Counted(model.parameters(), lr=0.0), torch.nn.MSELoss())
    return {"steps": len(steps), "the mean loss": "finite" if abs(mean) < float("inf") else "not finite"}


def test_weights(student, reference, same, run, rng):
    """There is a step for every batch, in the order in which they come, whatever its loss is."""
    for arguments in (setting(rng, 10, 4), setting(rng, 3, 8)):
        due = trained(reference.train_epoch, *arguments)["weights"]
        found = run(probe(weights_after), student.train_epoch, *arguments)
        same(found, due, "The weights after two epochs", tolerance=ROUNDING, parts="parameter")
    x, t, _, _ = setting(rng, 6, 2)
    for loss, mean in (("infinite", "not finite"), ("zero", "finite")):
        due = {"steps": 3, "the mean loss": mean}
        what = f"When the loss of the second of three batches is {loss}"
        same(run(counted, student.train_epoch, x, t, loss), due, what)


def weights_after(train_epoch, x, t, weights, size):
    def weighted(predicted, due):  # what lies above zero counts twice: which argument is which matters
        return ((predicted - due) ** 2 * (1 + (due > 0))).mean()

    model = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Tanh(), torch.nn.Linear(4, 1)).double()
    with torch.no_grad():
        for p, value in zip(model.parameters(), weights, strict=True):
            p.copy_(value)
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, t), batch_size=size)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.5)
    for _ in range(2):
        train_epoch(model, loader, optimizer, weighted)
    return [p.detach().clone() for p in model.parameters()]


def test_mean_loss(student, reference, same, run, rng):
    """The result is the mean loss per sample, also when the last batch is smaller."""
    for arguments in (setting(rng, 9, 4), setting(rng, 8, 4)):
        due = trained(reference.train_epoch, *arguments)["losses"]
        same(
            run(probe(losses_of), student.train_epoch, *arguments), due, "The mean losses of two epochs", parts="epoch"
        )


def test_dropped_batch(student, reference, same, run, rng):
    """With a loader that drops its smaller last batch the mean is that of the samples that came."""
    arguments = setting(rng, 9, 4)
    due = losses_of(reference.train_epoch, *arguments, drop_last=True)
    what = "The mean losses of two epochs without the smaller last batch"
    same(run(probe(losses_of), student.train_epoch, *arguments, True), due, what, parts="epoch")


def losses_of(train_epoch, x, t, weights, size, drop_last=False):
    def weighted(predicted, due):  # what lies above zero counts twice: which argument is which matters
        return ((predicted - due) ** 2 * (1 + (due > 0))).mean()

    model = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Tanh(), torch.nn.Linear(4, 1)).double()
    with torch.no_grad():
        for p, value in zip(model.parameters(), weights, strict=True):
            p.copy_(value)
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, t), batch_size=size, drop_last=drop_last)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.5)
    return [train_epoch(model, loader, optimizer, weighted) for _ in range(2)]


@probe
def modes(train_epoch, x, t, whole):
    seen = []
    model = torch.nn.Sequential(torch.nn.Linear(3, 1), torch.nn.Dropout(0.0)).double()
    model.register_forward_hook(lambda model, given, result: seen.append(all(m.training for m in model.modules())))
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, t), batch_size=2)
    model.train(whole)
    model[1].eval()
    train_epoch(model, loader, torch.optim.SGD(model.parameters(), lr=0.1), torch.nn.MSELoss())
    return seen


@probe
def passes(train_epoch, x, t):
    seen = []

    class Counting(torch.utils.data.DataLoader):
        def __iter__(self):
            seen.append("a pass")
            return super().__iter__()

    model = torch.nn.Linear(3, 1).double()
    loader = Counting(torch.utils.data.TensorDataset(x, t), batch_size=2)
    train_epoch(model, loader, torch.optim.SGD(model.parameters(), lr=0.1), torch.nn.MSELoss())
    return len(seen)


@probe
def epochs(train_epoch, x, t):
    model = torch.nn.Linear(3, 1).double()
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, t), batch_size=2)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    return [(lambda *_: train_epoch(model, loader, optimizer, torch.nn.MSELoss()), x, t)]


def test_one_pass(student, same, run, untouched, rng):
    """The loader is gone through once, and the samples stay as they are."""
    x, t, _, _ = setting(rng, 5, 2)
    same(run(passes, student.train_epoch, x, t), 1, "How often the loader is asked for its batches")
    untouched(student.train_epoch, epochs, x, t, but=["random numbers"])


def test_training_mode(student, same, run, rng):
    """The model is in training mode with all of its parts, also when some or all were in evaluation mode before."""
    x, t, _, _ = setting(rng, 5, 2)
    for whole in (False, True):
        what = "Whether all parts are in training mode"
        same(run(modes, student.train_epoch, x, t, whole), [True] * 3, what, parts="batch")
