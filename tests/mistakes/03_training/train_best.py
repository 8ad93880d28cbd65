import math

import copy

import torch

from grader import mistake


@mistake("ML52", "Ends with the last weights", hint="Are the best weights put back? And are they a copy? `state_dict()` shows the live tensors, which the next step changes.")
def train_best(model, optimizer, loss_fn, train, val, epochs, patience):
    train_losses, val_losses = [], []
    best_epoch, best_weights = 0, model.state_dict()
    for epoch in range(epochs):
        model.train()
        loss = loss_fn(model(train[0]), train[1])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        train_losses.append(loss.item())
        model.eval()
        with torch.no_grad():
            val_losses.append(loss_fn(model(val[0]), val[1]).item())
        if val_losses[-1] < min(val_losses[:-1], default=float("inf")):
            best_epoch, best_weights = epoch, model.state_dict()
        elif epoch - best_epoch >= patience:
            break
    model.load_state_dict(best_weights)
    return {"train": train_losses, "val": val_losses, "best_epoch": best_epoch}


@mistake("ML53", "Chooses the epoch by the training loss", hint="The training loss would always vote for more epochs. The validation loss decides.")
def train_best(model, optimizer, loss_fn, train, val, epochs, patience):
    train_losses, val_losses = [], []
    best_epoch, best_weights = 0, None
    for epoch in range(epochs):
        model.train()
        loss = loss_fn(model(train[0]), train[1])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        train_losses.append(loss.item())
        model.eval()
        with torch.no_grad():
            val_losses.append(loss_fn(model(val[0]), val[1]).item())
        if train_losses[-1] < min(train_losses[:-1], default=float("inf")):
            best_epoch, best_weights = epoch, copy.deepcopy(model.state_dict())
        elif epoch - best_epoch >= patience:
            break
    model.load_state_dict(best_weights)
    return {"train": train_losses, "val": val_losses, "best_epoch": best_epoch}


@mistake("ML251", "Never stops early", hint="Once `patience` epochs in a row brought no new lowest validation loss, leave the loop.")
def train_best(model, optimizer, loss_fn, train, val, epochs, patience):
    train_losses, val_losses = [], []
    best_epoch, best_weights = 0, None
    for epoch in range(epochs):
        model.train()
        loss = loss_fn(model(train[0]), train[1])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        train_losses.append(loss.item())
        model.eval()
        with torch.no_grad():
            val_losses.append(loss_fn(model(val[0]), val[1]).item())
        if epoch == 0 or val_losses[-1] < val_losses[best_epoch]:
            best_epoch, best_weights = epoch, copy.deepcopy(model.state_dict())
    model.load_state_dict(best_weights)
    return {"train": train_losses, "val": val_losses, "best_epoch": best_epoch}


@mistake("ML252", "Waits one epoch too long", hint="The training ends with the epoch that makes it `patience` in a row, not with the one after it.")
def train_best(model, optimizer, loss_fn, train, val, epochs, patience):
    train_losses, val_losses = [], []
    best_epoch, best_weights = 0, None
    for epoch in range(epochs):
        model.train()
        loss = loss_fn(model(train[0]), train[1])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        train_losses.append(loss.item())
        model.eval()
        with torch.no_grad():
            val_losses.append(loss_fn(model(val[0]), val[1]).item())
        if epoch == 0 or val_losses[-1] < val_losses[best_epoch]:
            best_epoch, best_weights = epoch, copy.deepcopy(model.state_dict())
        elif epoch - best_epoch > patience:
            break
    model.load_state_dict(best_weights)
    return {"train": train_losses, "val": val_losses, "best_epoch": best_epoch}


@mistake("ML253", "Counts all bad epochs instead of those in a row", hint="A new lowest loss starts the count again from zero.")
def train_best(model, optimizer, loss_fn, train, val, epochs, patience):
    train_losses, val_losses = [], []
    best_epoch, best_weights, bad = 0, None, 0
    for epoch in range(epochs):
        model.train()
        loss = loss_fn(model(train[0]), train[1])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        train_losses.append(loss.item())
        model.eval()
        with torch.no_grad():
            val_losses.append(loss_fn(model(val[0]), val[1]).item())
        if epoch == 0 or val_losses[-1] < val_losses[best_epoch]:
            best_epoch, best_weights = epoch, copy.deepcopy(model.state_dict())
        else:
            bad += 1
            if bad >= patience:
                break
    model.load_state_dict(best_weights)
    return {"train": train_losses, "val": val_losses, "best_epoch": best_epoch}


@mistake("ML254", "Is content when the loss falls against the epoch before", hint="Compare with the lowest validation loss so far, not with the previous one.")
def train_best(model, optimizer, loss_fn, train, val, epochs, patience):
    train_losses, val_losses = [], []
    best_epoch, best_weights, bad, previous = 0, None, 0, float("inf")
    for epoch in range(epochs):
        model.train()
        loss = loss_fn(model(train[0]), train[1])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        train_losses.append(loss.item())
        model.eval()
        with torch.no_grad():
            val_losses.append(loss_fn(model(val[0]), val[1]).item())
        if val_losses[-1] < previous:
            best_epoch, best_weights, bad = epoch, copy.deepcopy(model.state_dict()), 0
        else:
            bad += 1
        if bad >= patience:
            break
        previous = val_losses[-1]
    model.load_state_dict(best_weights)
    return {"train": train_losses, "val": val_losses, "best_epoch": best_epoch}


@mistake("ML255", "Takes an equal loss for an improvement", hint="The best epoch is one with a *lower* loss than all before it.")
def train_best(model, optimizer, loss_fn, train, val, epochs, patience):
    train_losses, val_losses = [], []
    best_epoch, best_weights = 0, None
    for epoch in range(epochs):
        model.train()
        loss = loss_fn(model(train[0]), train[1])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        train_losses.append(loss.item())
        model.eval()
        with torch.no_grad():
            val_losses.append(loss_fn(model(val[0]), val[1]).item())
        if epoch == 0 or val_losses[-1] <= val_losses[best_epoch]:
            best_epoch, best_weights = epoch, copy.deepcopy(model.state_dict())
        elif epoch - best_epoch >= patience:
            break
    model.load_state_dict(best_weights)
    return {"train": train_losses, "val": val_losses, "best_epoch": best_epoch}


@mistake("ML256", "Validates before the step", hint="Here the validation loss belongs to the weights that the step has just made; those are the ones you keep.")
def train_best(model, optimizer, loss_fn, train, val, epochs, patience):
    train_losses, val_losses = [], []
    best_epoch, best_weights = 0, None
    for epoch in range(epochs):
        model.eval()
        with torch.no_grad():
            val_losses.append(loss_fn(model(val[0]), val[1]).item())
        model.train()
        loss = loss_fn(model(train[0]), train[1])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        train_losses.append(loss.item())
        if epoch == 0 or val_losses[-1] < val_losses[best_epoch]:
            best_epoch, best_weights = epoch, copy.deepcopy(model.state_dict())
        elif epoch - best_epoch >= patience:
            break
    model.load_state_dict(best_weights)
    return {"train": train_losses, "val": val_losses, "best_epoch": best_epoch}


@mistake("ML257", "Validates in training mode", hint="Dropout would make the validation loss a matter of chance. Switch to evaluation mode for it.")
def train_best(model, optimizer, loss_fn, train, val, epochs, patience):
    train_losses, val_losses = [], []
    best_epoch, best_weights = 0, None
    model.train()
    for epoch in range(epochs):
        loss = loss_fn(model(train[0]), train[1])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        train_losses.append(loss.item())
        with torch.no_grad():
            val_losses.append(loss_fn(model(val[0]), val[1]).item())
        if epoch == 0 or val_losses[-1] < val_losses[best_epoch]:
            best_epoch, best_weights = epoch, copy.deepcopy(model.state_dict())
        elif epoch - best_epoch >= patience:
            break
    model.load_state_dict(best_weights)
    return {"train": train_losses, "val": val_losses, "best_epoch": best_epoch}


@mistake("ML28b", "Trains in evaluation mode from the second epoch on", hint="After validating, nobody switched back. Each epoch begins with `train()`.")
def train_best(model, optimizer, loss_fn, train, val, epochs, patience):
    train_losses, val_losses = [], []
    best_epoch, best_weights = 0, None
    model.train()
    for epoch in range(epochs):
        loss = loss_fn(model(train[0]), train[1])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        train_losses.append(loss.item())
        model.eval()
        with torch.no_grad():
            val_losses.append(loss_fn(model(val[0]), val[1]).item())
        if epoch == 0 or val_losses[-1] < val_losses[best_epoch]:
            best_epoch, best_weights = epoch, copy.deepcopy(model.state_dict())
        elif epoch - best_epoch >= patience:
            break
    model.load_state_dict(best_weights)
    return {"train": train_losses, "val": val_losses, "best_epoch": best_epoch}


@mistake("ML29c", "Builds a graph on the validation set", hint="`eval` does not stop the recording. You need `no_grad` as well.")
def train_best(model, optimizer, loss_fn, train, val, epochs, patience):
    train_losses, val_losses = [], []
    best_epoch, best_weights = 0, None
    for epoch in range(epochs):
        model.train()
        loss = loss_fn(model(train[0]), train[1])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        train_losses.append(loss.item())
        model.eval()
        val_losses.append(loss_fn(model(val[0]), val[1]).item())
        if epoch == 0 or val_losses[-1] < val_losses[best_epoch]:
            best_epoch, best_weights = epoch, copy.deepcopy(model.state_dict())
        elif epoch - best_epoch >= patience:
            break
    model.load_state_dict(best_weights)
    return {"train": train_losses, "val": val_losses, "best_epoch": best_epoch}


@mistake("ML01e", "Lets the gradients add up over the epochs", hint="Each epoch starts with cleared gradients.")
def train_best(model, optimizer, loss_fn, train, val, epochs, patience):
    train_losses, val_losses = [], []
    best_epoch, best_weights = 0, None
    for epoch in range(epochs):
        model.train()
        loss = loss_fn(model(train[0]), train[1])
        loss.backward()
        optimizer.step()
        train_losses.append(loss.item())
        model.eval()
        with torch.no_grad():
            val_losses.append(loss_fn(model(val[0]), val[1]).item())
        if epoch == 0 or val_losses[-1] < val_losses[best_epoch]:
            best_epoch, best_weights = epoch, copy.deepcopy(model.state_dict())
        elif epoch - best_epoch >= patience:
            break
    model.load_state_dict(best_weights)
    return {"train": train_losses, "val": val_losses, "best_epoch": best_epoch}


@mistake("ML343", "Hands predictions and targets over in the wrong order", hint="`loss_fn` takes the predictions first. For a loss that is not symmetric it matters.")
def train_best(model, optimizer, loss_fn, train, val, epochs, patience):
    train_losses, val_losses = [], []
    best_epoch, best_weights = 0, None
    for epoch in range(epochs):
        model.train()
        loss = loss_fn(train[1], model(train[0]))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        train_losses.append(loss.item())
        model.eval()
        with torch.no_grad():
            val_losses.append(loss_fn(val[1], model(val[0])).item())
        if epoch == 0 or val_losses[-1] < val_losses[best_epoch]:
            best_epoch, best_weights = epoch, copy.deepcopy(model.state_dict())
        elif epoch - best_epoch >= patience:
            break
    model.load_state_dict(best_weights)
    return {"train": train_losses, "val": val_losses, "best_epoch": best_epoch}


@mistake("ML360", "Keeps the best parameters, but the last running statistics", hint="A batch norm has buffers beside its parameters. All that `state_dict()` holds belongs to the checkpoint.")
def train_best(model, optimizer, loss_fn, train, val, epochs, patience):
    train_losses, val_losses = [], []
    best_epoch, best_weights = 0, None
    for epoch in range(epochs):
        model.train()
        loss = loss_fn(model(train[0]), train[1])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        train_losses.append(loss.item())
        model.eval()
        with torch.no_grad():
            val_losses.append(loss_fn(model(val[0]), val[1]).item())
        if epoch == 0 or val_losses[-1] < val_losses[best_epoch]:
            best_epoch, best_weights = epoch, [p.detach().clone() for p in model.parameters()]
        elif epoch - best_epoch >= patience:
            break
    with torch.no_grad():
        for p, value in zip(model.parameters(), best_weights, strict=True):
            p.copy_(value)
    return {"train": train_losses, "val": val_losses, "best_epoch": best_epoch}


@mistake("ML426", 'Overlooks small improvements', hint='Lower is lower, by however little: the losses may be tiny themselves.')
def train_best(model, optimizer, loss_fn, train, val, epochs, patience):
    history = {"train": [], "val": [], "best_epoch": 0}
    best, weights, waited = math.inf, None, 0
    for epoch in range(epochs):
        model.train()
        loss = loss_fn(model(train[0]), train[1])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        model.eval()
        with torch.no_grad():
            val_loss = loss_fn(model(val[0]), val[1]).item()
        history["train"].append(loss.item())
        history["val"].append(val_loss)
        if val_loss < best - 1e-4:
            best, weights, waited = val_loss, copy.deepcopy(model.state_dict()), 0
            history["best_epoch"] = epoch
        else:
            waited += 1
            if waited >= patience:
                break
    model.load_state_dict(weights)
    return history


@mistake("ML427", 'Expects the first loss to be below a number of its own', hint='A loss may be enormous. The first epoch is always the best so far; start from infinity.')
def train_best(model, optimizer, loss_fn, train, val, epochs, patience):
    history = {"train": [], "val": [], "best_epoch": 0}
    best, weights, waited = 10.0, copy.deepcopy(model.state_dict()), 0
    for epoch in range(epochs):
        model.train()
        loss = loss_fn(model(train[0]), train[1])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        model.eval()
        with torch.no_grad():
            val_loss = loss_fn(model(val[0]), val[1]).item()
        history["train"].append(loss.item())
        history["val"].append(val_loss)
        if val_loss < best:
            best, weights, waited = val_loss, copy.deepcopy(model.state_dict()), 0
            history["best_epoch"] = epoch
        else:
            waited += 1
            if waited >= patience:
                break
    model.load_state_dict(weights)
    return history


@mistake("ML520", 'Counts epochs that were worse than the one before', hint='A loss that falls a little, and stays above the lowest, is no improvement.')
def train_best(model, optimizer, loss_fn, train, val, epochs, patience):
    history = {"train": [], "val": [], "best_epoch": 0}
    best, weights, waited = math.inf, None, 0
    for epoch in range(epochs):
        model.train()
        loss = loss_fn(model(train[0]), train[1])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        model.eval()
        with torch.no_grad():
            val_loss = loss_fn(model(val[0]), val[1]).item()
        history["train"].append(loss.item())
        history["val"].append(val_loss)
        if val_loss < best:
            best, weights, waited = val_loss, copy.deepcopy(model.state_dict()), 0
            history["best_epoch"] = epoch
        waited = waited + 1 if epoch and val_loss >= history['val'][-2] else 0
        if waited >= patience:
            break
    model.load_state_dict(weights)
    return history


@mistake("ML521", 'Puts the best weights back after an early stop only', hint='The training may also end after its last epoch.')
def train_best(model, optimizer, loss_fn, train, val, epochs, patience):
    history = {"train": [], "val": [], "best_epoch": 0}
    best, weights, waited = math.inf, None, 0
    for epoch in range(epochs):
        model.train()
        loss = loss_fn(model(train[0]), train[1])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        model.eval()
        with torch.no_grad():
            val_loss = loss_fn(model(val[0]), val[1]).item()
        history["train"].append(loss.item())
        history["val"].append(val_loss)
        if val_loss < best:
            best, weights, waited = val_loss, copy.deepcopy(model.state_dict()), 0
            history["best_epoch"] = epoch
        else:
            waited += 1
            if waited >= patience:
                model.load_state_dict(weights)
                break
    return history


@mistake("ML522", 'Puts back the weights from before the best step', hint='The validation loss was measured *after* the step; those weights are the best.')
def train_best(model, optimizer, loss_fn, train, val, epochs, patience):
    history = {"train": [], "val": [], "best_epoch": 0}
    best, weights, waited = math.inf, None, 0
    for epoch in range(epochs):
        before = copy.deepcopy(model.state_dict())
        model.train()
        loss = loss_fn(model(train[0]), train[1])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        model.eval()
        with torch.no_grad():
            val_loss = loss_fn(model(val[0]), val[1]).item()
        history["train"].append(loss.item())
        history["val"].append(val_loss)
        if val_loss < best:
            best, weights, waited = val_loss, before, 0
            history["best_epoch"] = epoch
        else:
            waited += 1
            if waited >= patience:
                break
    model.load_state_dict(weights)
    return history


@mistake("MQ319", "Stops when the training loss is 0", hint="Only the validation loss decides when to stop, and `patience`. How many epochs are there after a training loss of 0?")
def train_best(model, optimizer, loss_fn, train_set, val_set, epochs, patience):
    train_losses, val_losses = [], []
    best_epoch, best_weights = 0, copy.deepcopy(model.state_dict())
    for epoch in range(epochs):
        model.train()
        loss = loss_fn(model(train_set[0]), train_set[1])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        train_losses.append(loss.item())
        model.eval()
        with torch.no_grad():
            val_losses.append(loss_fn(model(val_set[0]), val_set[1]).item())
        if epoch == 0 or val_losses[-1] < val_losses[best_epoch]:
            best_epoch, best_weights = epoch, copy.deepcopy(model.state_dict())
        elif epoch - best_epoch >= patience:
            break
        if train_losses[-1] == 0:
            break
    model.load_state_dict(best_weights)
    return {"train": train_losses, "val": val_losses, "best_epoch": best_epoch}


@mistake("MQ324", "Takes a validation loss of 0 for none", hint="`if not best` is true for 0.0 as well, which no later epoch can beat. Begin with infinity.")
def train_best(model, optimizer, loss_fn, train_set, val_set, epochs, patience):
    train_losses, val_losses = [], []
    best, best_epoch, best_weights = None, 0, copy.deepcopy(model.state_dict())
    for epoch in range(epochs):
        model.train()
        loss = loss_fn(model(train_set[0]), train_set[1])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        train_losses.append(loss.item())
        model.eval()
        with torch.no_grad():
            val_losses.append(loss_fn(model(val_set[0]), val_set[1]).item())
        if not best or val_losses[-1] < best:
            best, best_epoch, best_weights = val_losses[-1], epoch, copy.deepcopy(model.state_dict())
        elif epoch - best_epoch >= patience:
            break
    model.load_state_dict(best_weights)
    return {"train": train_losses, "val": val_losses, "best_epoch": best_epoch}
