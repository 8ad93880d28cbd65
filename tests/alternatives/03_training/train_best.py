import copy
import io
import itertools
import math

import torch

from grader import alternative


@alternative("cloned tensors and a counter")
def train_best(model, optimizer, loss_fn, train, val, epochs, patience):
    history = {"train": [], "val": [], "best_epoch": None}
    lowest, waited, kept = math.inf, 0, {}
    for epoch in range(epochs):
        model.train()
        optimizer.zero_grad()
        loss = loss_fn(model(train[0]), train[1])
        loss.backward()
        optimizer.step()
        model.eval()
        with torch.inference_mode():
            val_loss = float(loss_fn(model(val[0]), val[1]))
        history["train"].append(loss.item())
        history["val"].append(val_loss)
        waited += 1
        if val_loss < lowest:
            lowest, waited, history["best_epoch"] = val_loss, 0, epoch
            kept = {name: tensor.clone() for name, tensor in model.state_dict().items()}
        if waited == patience:
            break
    model.load_state_dict(kept)
    return history


@alternative("a copy of the whole model, its tensors put back one by one")
def train_best(model, optimizer, loss_fn, train, val, epochs, patience):
    losses, val_losses, best = [], [], copy.deepcopy(model)
    while len(losses) < epochs:
        model.train(True)
        loss = loss_fn(model(train[0]), train[1])
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        losses.append(float(loss.detach()))
        model.train(False)
        with torch.no_grad():
            val_losses.append(loss_fn(model(val[0]), val[1]).item())
        best_epoch = val_losses.index(min(val_losses))
        if best_epoch == len(losses) - 1:
            best = copy.deepcopy(model)
        if len(losses) - 1 - best_epoch >= patience:
            break
    with torch.no_grad():
        for tensor, kept in zip(model.state_dict().values(), best.state_dict().values()):
            tensor.copy_(kept)
    return {"train": losses, "val": val_losses, "best_epoch": best_epoch}


@alternative("checkpoints in memory, all of them, and a helper for the losses")
def train_best(model, optimizer, loss_fn, train, val, epochs, patience):
    def measure(data, training):
        model.train(training)
        with torch.set_grad_enabled(training):
            return loss_fn(model(data[0]), data[1])

    files, pairs = [], []
    for epoch in itertools.count():
        loss = measure(train, True)
        model.zero_grad()
        loss.backward()
        optimizer.step()
        pairs.append((loss.item(), measure(val, False).item()))
        files.append(io.BytesIO())
        torch.save(model.state_dict(), files[-1])
        best = min(range(len(pairs)), key=lambda i: pairs[i][1])
        if epoch + 1 == epochs or epoch - best == patience:
            break
    files[best].seek(0)
    model.load_state_dict(torch.load(files[best]))
    return {"train": [a for a, _ in pairs], "val": [b for _, b in pairs], "best_epoch": best}
