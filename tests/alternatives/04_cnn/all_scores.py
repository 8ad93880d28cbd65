import torch

from grader import alternative


@alternative("grows a tensor from nothing")
def all_scores(model, loader):
    scores, labels = torch.tensor([]), torch.tensor([], dtype=torch.int64)
    with torch.inference_mode():
        model.train(False)
        for x, y in loader:
            scores = torch.cat((scores, model(x)), dim=0)
            labels = torch.cat((labels, y), dim=0)
    return scores.clone(), labels.clone()


@alternative("zip")
def all_scores(model, loader):
    model.eval()
    with torch.set_grad_enabled(False):
        pairs = [(model(x), y) for x, y in loader]
    return tuple(torch.cat(parts) for parts in zip(*pairs))


@alternative("stack of the rows")
def all_scores(model, loader):
    model.eval()
    rows, labels = [], []
    with torch.no_grad():
        for x, y in loader:
            rows.extend(model(x))
            labels.extend(y.tolist())
    return torch.stack(rows), torch.tensor(labels)
