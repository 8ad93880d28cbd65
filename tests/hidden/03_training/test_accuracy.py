import torch

from grader import probe
from grader.asking.words import count


def asked(accuracy, weight, x, y, size, drop_last=False):
    model = torch.nn.Sequential(torch.nn.Linear(x.shape[1], len(weight), bias=False), torch.nn.Dropout(0.5))
    with torch.no_grad():
        model[0].weight.copy_(weight)
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=size, drop_last=drop_last)
    return accuracy(model, loader)


def setting(rng, n, classes, size):
    weight, x = torch.randn(classes, 4, generator=rng), torch.randn(n, 4, generator=rng)
    y = (x @ weight.T).argmax(dim=1)
    y[: n // 3] = (y[: n // 3] + 1) % classes
    return weight, x, y, size


@probe
def judging(accuracy, x, y):
    model = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.Dropout(0.5))
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=4)
    return [(lambda model, x, y: accuracy(model, loader), model, x, y)]


def test_share(student, reference, same, run, untouched, rng):
    """The share of samples, whatever the size of the batches."""
    for arguments in (setting(rng, 11, 3, 4), setting(rng, 12, 4, 4), setting(rng, 7, 2, 100), setting(rng, 1, 3, 1)):
        due = asked(reference.accuracy, *arguments)
        same(run(probe(asked), student.accuracy, *arguments), due, f"With {count(len(arguments[1]), 'sample')}")
    arguments = (*setting(rng, 10, 3, 4), True)
    due = asked(reference.accuracy, *arguments)
    same(run(probe(asked), student.accuracy, *arguments), due, "Without the smaller last batch")
    _, x, y, _ = setting(rng, 6, 3, 4)
    untouched(student.accuracy, judging, x, y, but=["random numbers"])


@probe
def watched(accuracy, x, y):
    seen = []
    model = torch.nn.Linear(4, 3)
    model.register_forward_hook(lambda model, given, result: seen.append((model.training, result.requires_grad)))
    accuracy(model, torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=4))
    return {"training mode": any(t for t, _ in seen), "graphs": any(g for _, g in seen), "batches": len(seen)}


def test_evaluation(student, same, run, rng):
    """The model is asked in evaluation mode, without a graph, once for each batch."""
    _, x, y, _ = setting(rng, 10, 3, 4)
    due = {"training mode": False, "graphs": False, "batches": 3}
    same(run(watched, student.accuracy, x, y), due, "While the model is asked")


@probe
def modes_afterwards(accuracy, x, y):
    model = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.Dropout(0.5))
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=4)
    found = {}
    for mode, training in (("training", True), ("evaluation", False)):
        model.train(training)
        accuracy(model, loader)
        found[f"{mode} mode stays"] = all(part.training is training for part in model.modules())
    return found


def test_mode_is_as_before(student, same, run, rng):
    """Afterwards the model is in the mode in which it was before, training or evaluation."""
    _, x, y, _ = setting(rng, 6, 3, 4)
    due = {"training mode stays": True, "evaluation mode stays": True}
    same(run(modes_afterwards, student.accuracy, x, y), due, "When the model is given back", about="arguments")
