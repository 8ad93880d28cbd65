import torch

from grader import alternative


@alternative("inference_mode, and max with its indices")
def accuracy(model, loader):
    training = model.training
    model.train(False)
    hits = []
    with torch.inference_mode():
        for x, y in loader:
            _, predicted = torch.max(model(x), 1)
            hits.append(predicted == y)
    if training:
        model.train()
    return torch.cat(hits).double().mean().item()


@alternative("one list of all answers, put back in a finally")
def accuracy(model, loader):
    before = model.training
    try:
        with torch.set_grad_enabled(False):
            model.eval()
            pairs = [(p, int(label)) for x, y in loader for p, label in zip(model(x).argmax(-1).tolist(), y)]
    finally:
        model.train(mode=before)
    return sum(p == label for p, label in pairs) / len(pairs)
