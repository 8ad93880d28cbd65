import torch

from grader import mistake


@mistake("MC347", "Stacks the batches", hint="`stack` makes a new axis, and needs equal shapes. `cat` joins along the axis of the samples.")
def all_scores(model, loader):
    model.eval()
    scores, labels = [], []
    with torch.no_grad():
        for x, y in loader:
            scores.append(model(x))
            labels.append(y)
    return torch.stack(scores), torch.stack(labels)


@mistake("MC29", "Takes the labels from the data set", hint="A loader may shuffle. Gather scores and labels in the same pass.")
def all_scores(model, loader):
    model.eval()
    with torch.no_grad():
        scores = torch.cat([model(x) for x, _ in loader])
    return scores, torch.tensor([int(y) for _, y in loader.dataset])


@mistake("MC348", "Goes through the loader twice", hint="Each pass may have another order. Gather scores and labels in the same pass.")
def all_scores(model, loader):
    model.eval()
    with torch.no_grad():
        scores = torch.cat([model(x) for x, _ in loader])
    return scores, torch.cat([y for _, y in loader])


@mistake("MC349", "Asks in training mode", hint="`model.eval()` comes first.")
def all_scores(model, loader):
    scores, labels = [], []
    with torch.no_grad():
        for x, y in loader:
            scores.append(model(x))
            labels.append(y)
    return torch.cat(scores), torch.cat(labels)


@mistake("MC350", "Keeps the graphs of all batches", hint="Nobody will call `backward`: use `no_grad`.")
def all_scores(model, loader):
    model.eval()
    scores, labels = [], []
    for x, y in loader:
        scores.append(model(x))
        labels.append(y)
    return torch.cat(scores), torch.cat(labels)


@mistake("MC351", "Joins along the classes", hint="More samples are more rows: join along axis 0.")
def all_scores(model, loader):
    model.eval()
    scores, labels = [], []
    with torch.no_grad():
        for x, y in loader:
            scores.append(model(x))
            labels.append(y)
    return torch.cat(scores, dim=1), torch.cat(labels)


@mistake("MC352", "Returns classes instead of scores", hint="The scores were asked for; whoever has them can find the classes, but not the other way round.")
def all_scores(model, loader):
    model.eval()
    scores, labels = [], []
    with torch.no_grad():
        for x, y in loader:
            scores.append(model(x).argmax(dim=1))
            labels.append(y)
    return torch.cat(scores), torch.cat(labels)


@mistake("MC353", "Keeps the last batch only", hint="Each batch replaces the one before. Gather them in a list.")
def all_scores(model, loader):
    model.eval()
    with torch.no_grad():
        for x, y in loader:
            scores, labels = model(x), y
    return scores, labels


@mistake("MC803", "Keeps room for full batches only", hint="The last batch may be smaller: as many rows as samples came.")
def all_scores(model, loader):
    model.eval()
    scores, labels = None, None
    with torch.no_grad():
        for i, (x, y) in enumerate(loader):
            z = model(x)
            if scores is None:
                size = len(y)
                scores, labels = z.new_zeros(len(loader) * size, z.shape[1]), y.new_zeros(len(loader) * size)
            scores[i * size : i * size + len(y)] = z
            labels[i * size : i * size + len(y)] = y
    return scores, labels
