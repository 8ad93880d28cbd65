import torch

from grader import probe
from grader.asking.tolerances import Tolerance
from grader.asking.variations import expanded, sliced

# a dozen steps of a few float64 operations each: below 1e-12
ROUNDING = Tolerance(1e-8, 1e-8)


def trained(train_best, train, val, weights, epochs):
    def weighted(predicted, due):  # what lies above zero counts twice: which argument is which matters
        return ((predicted - due) ** 2 * (1 + (due > 0))).mean()

    model = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Tanh(), torch.nn.Linear(4, 1)).double()
    with torch.no_grad():
        for p, value in zip(model.parameters(), weights, strict=True):
            p.copy_(value)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.5)
    return train_best(model, optimizer, weighted, train, val, epochs, epochs)


def data(rng, n):
    x = torch.randn(n, 3, generator=rng, dtype=torch.float64)
    return x, x[:, :1] - 2 * x[:, 2:]


@probe
def trainings(train_best, train, val):
    model = torch.nn.Linear(3, 1).double()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    loss_fn = torch.nn.MSELoss()
    return [(lambda train, val: train_best(model, optimizer, loss_fn, train, val, 2, 2), train, val)]


def test_losses(student, reference, same, draw, run, untouched, rng):
    """The training losses before each step, the validation losses after it, and which epoch was the best."""
    weights = [torch.randn(size, generator=rng, dtype=torch.float64) for size in ((4, 3), (4,), (1, 4), (1,))]
    train, val = data(rng, 8), data(rng, 5)
    laid_out = tuple(map(sliced, train)), (expanded(val[0]), val[1])
    for sets, epochs in (((train, val), 12), (laid_out, 3), (laid_out[::-1], 2)):
        due = trained(reference.train_best, *sets, weights, epochs)
        found = run(probe(trained), student.train_best, *sets, weights, epochs)
        if epochs == 12 and isinstance(found, dict):
            draw.curve("Your validation losses", found.get("val"), [due["val"]])
        same(found, due, f"After {epochs} epochs", tolerance=ROUNDING, parts="epoch")
    untouched(student.train_best, trainings, train, val)


def planned(train_best, plan, wanted, epochs, patience):
    """An optimizer that ignores gradients and gives the only weight the values of a plan, the validation losses."""

    class Planned(torch.optim.SGD):
        made = 0

        def step(self, closure=None):
            with torch.no_grad():
                self.param_groups[0]["params"][0].fill_(plan[self.made])
            self.made += 1

    model = torch.nn.Linear(1, 1, bias=False).double()
    one = torch.ones(1, 1, dtype=torch.float64)
    optimizer = Planned(model.parameters(), lr=0.1)
    found = train_best(model, optimizer, torch.nn.L1Loss(), (one, wanted * one), (one, 0 * one), epochs, patience)
    return {"val": found["val"], "best_epoch": found["best_epoch"], "weight": model.weight.item()}


def test_best_weights(student, reference, same, run, rng):
    """In the end the model has the weights of the epoch with the lowest validation loss."""
    low, middle, high = (torch.rand(3, generator=rng).double() + torch.tensor([1.0, 3.0, 5.0])).tolist()
    cases = {
        "falls and rises": ([high, middle, low, middle, high], 9.0, 5, 5),
        "falls, rises and falls again": ([middle, low, high, middle], 9.0, 4, 3),
        "only falls": ([high, middle, low], 0.0, 3, 2),
        "only rises": ([low, middle, high, high + 1], 9.0, 4, 2),
        "is enormous": ([1e9 * high, 1e9 * low, 1e9 * middle], 9.0, 3, 3),
        "is 0 in between": ([high, 0.0, middle, low], 9.0, 4, 4),
        "is tiny": ([1e-9 * high, 1e-9 * low, 1e-9 * middle], 9.0, 3, 3),
    }
    for label, arguments in cases.items():
        due = planned(reference.train_best, *arguments)["weight"]
        found = run(probe(planned), student.train_best, *arguments)["weight"]
        same(found, due, f"The weight in the end, when the validation loss {label}")


def statistics(train_best, train, val, epochs):
    """The running mean and the weights in the end, with a validation loss that is best in an epoch in the middle."""
    model = torch.nn.Sequential(torch.nn.BatchNorm1d(3), torch.nn.Linear(3, 1)).double()
    with torch.no_grad():
        for p in model[1].parameters():
            p.fill_(0.5)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.3, momentum=0.95)
    found = train_best(model, optimizer, torch.nn.MSELoss(), train, val, epochs, epochs)
    state = {name: value.clone() for name, value in model.state_dict().items()}
    return {"best_epoch": found["best_epoch"], "state": state}


def test_running_statistics(student, reference, same, run, rng):
    """The running statistics of a batch norm are those of the best epoch, too."""
    x = torch.randn(12, 3, generator=rng, dtype=torch.float64)
    x = (x - x.mean(0)) / x.std(0, correction=0)
    train, val = (4 + 2 * x, x[:, :1] - 2 * x[:, 2:]), (4 + 2 * x[:7], (x[:, :1] - 2 * x[:, 2:])[:7])
    due = statistics(reference.train_best, train, val, 30)
    found = run(probe(statistics), student.train_best, train, val, 30)
    same(found, due, "With a batch norm in the model", tolerance=ROUNDING)


def test_stops_early(student, reference, same, run, rng):
    """The training ends after `patience` epochs in a row without a new lowest validation loss, and not before."""
    a, b, c, d, e = (torch.rand(5, generator=rng).double() + torch.arange(1.0, 10.0, 2.0)).tolist()
    cases = {
        "rises for good": ([c, b, d, d, e, e, e, e], 9.0, 8, 3),
        "rises at once": ([a, b, c, d, e], 9.0, 5, 1),
        "falls again just in time": ([d, e, e, c, d, d, b, e, e, e, e], 9.0, 11, 3),
        "goes up and down above its lowest": ([a, e, d, c, b, c, b], 9.0, 7, 4),
        "stays where it is": ([b, a, a, a, a, a, a], 9.0, 7, 2),
        "falls on after a training loss of 0": ([d, c, b, a], c, 4, 4),
        "never stops falling": ([e, d, c, b, a], 0.0, 5, 1),
    }
    for label, arguments in cases.items():
        due = planned(reference.train_best, *arguments)
        found = run(probe(planned), student.train_best, *arguments)
        same(
            {key: found[key] for key in ("val", "best_epoch")},
            {key: due[key] for key in ("val", "best_epoch")},
            f"When the validation loss {label}",
            parts="epoch",
        )


@probe
def watched(train_best, train, val):
    seen = {len(train[0]): [], len(val[0]): []}
    model = torch.nn.Sequential(torch.nn.Linear(3, 1), torch.nn.Dropout(0.0)).double()
    model.register_forward_hook(
        lambda model, given, result: seen[len(given[0])].append((model.training, result.requires_grad))
    )
    model.eval()
    train_best(model, torch.optim.SGD(model.parameters(), lr=0.01), torch.nn.MSELoss(), train, val, 3, 3)
    return {
        "training mode on the training set": all(mode for mode, _ in seen[len(train[0])]),
        "training mode on the validation set": any(mode for mode, _ in seen[len(val[0])]),
        "a graph on the validation set": any(graph for _, graph in seen[len(val[0])]),
        "both sets are asked": all(seen.values()),
    }


def test_modes(student, same, run, rng):
    """Every epoch trains in training mode, and validates in evaluation mode without building a graph."""
    due = {
        "training mode on the training set": True,
        "training mode on the validation set": False,
        "a graph on the validation set": False,
        "both sets are asked": True,
    }
    same(run(watched, student.train_best, data(rng, 6), data(rng, 4)), due, "In three epochs")
