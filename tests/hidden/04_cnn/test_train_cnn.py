import torch

from grader import probe
from grader.asking.tolerances import Tolerance

# three epochs of a few steps in float64: below 1e-12
ROUNDING = Tolerance(1e-9, 1e-9)


def trained(train_cnn, x, y, weights, size, epochs, rate):
    nn = torch.nn
    model = nn.Sequential(nn.Conv2d(1, 2, 2), nn.Tanh(), nn.Flatten(), nn.Linear(8, 3)).double()
    with torch.no_grad():
        for p, w in zip(model.parameters(), weights, strict=True):
            p.copy_(w)
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=size)
    record = train_cnn(model, loader, epochs, rate)
    return {"record": record, "weights": [p.detach().clone() for p in model.parameters()]}


def setting(rng, n, size, epochs, rate):
    shapes = ((2, 1, 2, 2), (2,), (3, 8), (3,))
    weights = [torch.randn(s, generator=rng, dtype=torch.float64) for s in shapes]
    x = torch.randn(n, 1, 3, 3, generator=rng, dtype=torch.float64)
    return x, torch.randint(0, 3, (n,), generator=rng), weights, size, epochs, rate


def test_weights(student, reference, same, run, rng):
    """A step of SGD with momentum for every batch; the momentum lives through all epochs."""
    for arguments in (setting(rng, 10, 4, 3, 0.1), setting(rng, 4, 4, 4, 0.3), setting(rng, 5, 8, 1, 0.1)):
        due = trained(reference.train_cnn, *arguments)["weights"]
        found = run(probe(weights_after), student.train_cnn, *arguments)
        same(found, due, "The weights afterwards", tolerance=ROUNDING, parts="parameter")


def weights_after(train_cnn, x, y, weights, size, epochs, rate):
    nn = torch.nn
    model = nn.Sequential(nn.Conv2d(1, 2, 2), nn.Tanh(), nn.Flatten(), nn.Linear(8, 3)).double()
    with torch.no_grad():
        for p, w in zip(model.parameters(), weights, strict=True):
            p.copy_(w)
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=size)
    train_cnn(model, loader, epochs, rate)
    return [p.detach().clone() for p in model.parameters()]


def record_of(train_cnn, x, y, weights, size, epochs, rate, drop_last=False):
    nn = torch.nn
    model = nn.Sequential(nn.Conv2d(1, 2, 2), nn.Tanh(), nn.Flatten(), nn.Linear(8, 3)).double()
    with torch.no_grad():
        for p, w in zip(model.parameters(), weights, strict=True):
            p.copy_(w)
    data = torch.utils.data.TensorDataset(x, y)
    return train_cnn(model, torch.utils.data.DataLoader(data, size, drop_last=drop_last), epochs, rate)


@probe
def diverging(train_cnn, x, y):
    """How many epochs the record has when two layers grow beyond all bounds with the first step."""
    model = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(9, 2), torch.nn.Linear(2, 3)).double()
    data = torch.utils.data.TensorDataset(x, y)
    return len(train_cnn(model, torch.utils.data.DataLoader(data, 2), 4, 1e200))


@probe
def recognising(train_cnn, x, y):
    """How many epochs the record has when there is nothing left to learn."""
    model = torch.nn.Linear(3, 3, bias=False).double()
    with torch.no_grad():
        model.weight.copy_(1000 * torch.eye(3))
    return len(train_cnn(model, torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), 2), 4, 0.1))


def test_record(student, reference, same, run, rng):
    """For each epoch mean loss per sample and share of hits, also when the last batch is smaller or left out."""
    for arguments in (setting(rng, 9, 4, 3, 0.1), setting(rng, 8, 4, 2, 0.2), (*setting(rng, 7, 3, 2, 0.1), True)):
        due = record_of(reference.train_cnn, *arguments)
        same(run(probe(record_of), student.train_cnn, *arguments), due, "The record", parts="epoch")
    what = "How many epochs the record has of 4, all of which have a loss of NaN"
    x, y = setting(rng, 4, 2, 4, 0.1)[:2]
    same(run(diverging, student.train_cnn, x, y), 4, what)
    what = "How many epochs the record has of 4, in all of which every class is recognised and the loss is 0"
    same(run(recognising, student.train_cnn, torch.eye(3, dtype=x.dtype), torch.arange(3)), 4, what)


@probe
def modes(train_cnn, x, y):
    seen = []
    model = torch.nn.Linear(3, 2)
    model.register_forward_hook(lambda part, given, result: seen.append(part.training))
    data = torch.utils.data.TensorDataset(x, y)

    class Counted(torch.utils.data.DataLoader):
        passes = 0

        def __iter__(self):
            Counted.passes += 1
            return super().__iter__()

    train_cnn(model.eval(), Counted(data, batch_size=2), 2, 0.1)
    found = {"modes": seen[:], "passes": Counted.passes, "hooks": len(model._forward_hooks)}
    drawn = []
    for seed in (1, 2):
        torch.manual_seed(seed)
        train_cnn(model, torch.utils.data.DataLoader(data, batch_size=2), 1, 0.1)
        drawn.append(torch.rand(3))
    return {**found, "the same random numbers after any seed": torch.equal(*drawn)}


@probe
def calls(train_cnn, x, y):
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=2)
    return [(train_cnn, torch.nn.Linear(3, 2), loader, 1, 0.1)]


def test_modes(student, same, run, untouched, rng):
    """The model is in training mode, and asked once for each batch of each epoch; nothing else is changed."""
    x, y = torch.rand(5, 3, generator=rng), torch.tensor([0, 1, 1, 0, 1])
    due = {"modes": [True] * 6, "passes": 2, "hooks": 1, "the same random numbers after any seed": False}
    same(run(modes, student.train_cnn, x, y), due, "While it trains", parts={"modes": "batch: training mode"})
    # to go through a DataLoader draws a seed for its workers
    untouched(student.train_cnn, calls, x, y, but=["arguments", "random numbers"])
