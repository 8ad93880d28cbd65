import torch

from grader import mistake


@mistake("ML50", "Divides by the number of batches", hint="`len(loader)` counts batches. Divide by samples; a share is never above 1.")
def accuracy(model, loader):
    before = model.training
    model.eval()
    right = 0
    with torch.no_grad():
        for x, y in loader:
            right += int((model(x).argmax(dim=1) == y).sum())
    model.train(before)
    return right / len(loader)


@mistake("ML231", "Averages the shares of the batches", hint="A smaller last batch counts too much, then. Count samples over all batches.")
def accuracy(model, loader):
    before = model.training
    model.eval()
    shares = []
    with torch.no_grad():
        for x, y in loader:
            shares.append((model(x).argmax(dim=1) == y).float().mean().item())
    model.train(before)
    return sum(shares) / len(shares)


@mistake("ML28", "Leaves the model in evaluation mode", hint="Dropout is off for the rest of the training, then. Put the model back into its mode.")
def accuracy(model, loader):
    model.eval()
    right = count = 0
    with torch.no_grad():
        for x, y in loader:
            right += int((model(x).argmax(dim=1) == y).sum())
            count += len(y)
    return right / count


@mistake("ML232", "Puts the model into training mode in the end, whatever it was", hint="It may have been in evaluation mode before. Remember `model.training`.")
def accuracy(model, loader):
    model.eval()
    right = count = 0
    with torch.no_grad():
        for x, y in loader:
            right += int((model(x).argmax(dim=1) == y).sum())
            count += len(y)
    model.train()
    return right / count


@mistake("ML29b", "Takes evaluation mode for not recording", hint="`eval` changes dropout and batch norm. Recording is switched off by `no_grad`.")
def accuracy(model, loader):
    before = model.training
    model.eval()
    right = count = 0
    for x, y in loader:
        right += int((model(x).argmax(dim=1) == y).sum())
        count += len(y)
    model.train(before)
    return right / count


@mistake("ML233", "Asks the model in training mode", hint="With dropout on, the model answers by chance. Switch to evaluation mode.")
def accuracy(model, loader):
    before = model.training
    model.train()
    right = count = 0
    with torch.no_grad():
        for x, y in loader:
            right += int((model(x).argmax(dim=1) == y).sum())
            count += len(y)
    model.train(before)
    return right / count


@mistake("ML234", "Looks for the best sample of each class", hint="The classes of one sample stand in one row: the highest score along dim 1.")
def accuracy(model, loader):
    before = model.training
    model.eval()
    right = count = 0
    with torch.no_grad():
        for x, y in loader:
            best = model(x).argmax(dim=0)
            right += sum(int(a == b) for a, b in zip(best, y))
            count += len(y)
    model.train(before)
    return right / count


@mistake("ML352", "Leaves the recording of gradients switched off", hint="Called as a plain function, `set_grad_enabled` stays in force for the rest of the program. Use it with `with`.")
def accuracy(model, loader):
    before = model.training
    model.eval()
    right = count = 0
    torch.set_grad_enabled(False)
    for x, y in loader:
        right += int((model(x).argmax(dim=1) == y).sum())
        count += len(y)
    model.train(before)
    return right / count


@mistake("ML364", "Divides by the size of the data set", hint="A loader may drop its last batch. Count the samples that come.")
def accuracy(model, loader):
    before = model.training
    model.eval()
    with torch.no_grad():
        right = sum(int((model(x).argmax(dim=1) == y).sum()) for x, y in loader)
    model.train(before)
    return right / len(loader.dataset)


@mistake("ML510", 'Switches the outermost module only', hint='`model.training = False` does not reach its parts. `model.eval()` does.')
def accuracy(model, loader):
    was, model.training = model.training, False
    hits, count = 0, 0
    with torch.no_grad():
        for x, y in loader:
            hits += (model(x).argmax(dim=1) == y).sum().item()
            count += len(y)
    model.training = was
    return hits / count
