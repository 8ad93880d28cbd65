import numpy as np
import torch

from grader import mistake


@mistake("ML47", "Averages the means of the batches", hint="A batch of 2 counts as much as one of 64, then. Weight each by its number of samples.")
def train_epoch(model, loader, optimizer, loss_fn):
    model.train()
    losses = []
    for x, t in loader:
        loss = loss_fn(model(x), t)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return sum(losses) / len(losses)


@mistake("ML01d", "Lets the gradients add up over the batches", hint="Each batch starts with cleared gradients.")
def train_epoch(model, loader, optimizer, loss_fn):
    model.train()
    total = count = 0
    for x, t in loader:
        loss = loss_fn(model(x), t)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        count += len(x)
    return total / count


@mistake("ML201", "Does not switch to training mode", hint="The model may come in evaluation mode, without its dropout. Switch before the first batch.")
def train_epoch(model, loader, optimizer, loss_fn):
    total = count = 0
    for x, t in loader:
        loss = loss_fn(model(x), t)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        count += len(x)
    return total / count


@mistake("ML202", "Steps once per epoch", hint="A step for every batch was asked for. Look at the indentation.")
def train_epoch(model, loader, optimizer, loss_fn):
    model.train()
    total = count = 0
    optimizer.zero_grad()
    for x, t in loader:
        loss = loss_fn(model(x), t)
        loss.backward()
        total += loss.item() * len(x)
        count += len(x)
    optimizer.step()
    return total / count


@mistake("ML203", "Returns the loss of the last batch", hint="The mean over all samples of the epoch was asked for.")
def train_epoch(model, loader, optimizer, loss_fn):
    model.train()
    for x, t in loader:
        loss = loss_fn(model(x), t)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss.item()


@mistake("ML204", "Trains on the first batch again and again", hint="`next(iter(loader))` begins anew each time. Make one pass.")
def train_epoch(model, loader, optimizer, loss_fn):
    model.train()
    total = count = 0
    for _ in range(len(loader)):
        x, t = next(iter(loader))
        loss = loss_fn(model(x), t)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        count += len(x)
    return total / count


@mistake("ML59b", "Takes the number out before going backward", hint="A Python float has no `backward`. Keep the tensor for the gradient, and take the number out afterwards.")
def train_epoch(model, loader, optimizer, loss_fn):
    model.train()
    total = count = 0
    for x, t in loader:
        loss = loss_fn(model(x), t).item()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss * len(x)
        count += len(x)
    return total / count


@mistake("ML342", "Hands predictions and targets over in the wrong order", hint="`loss_fn` takes the predictions first. For a loss that is not symmetric it matters.")
def train_epoch(model, loader, optimizer, loss_fn):
    model.train()
    total = count = 0
    for x, t in loader:
        loss = loss_fn(t, model(x))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        count += len(x)
    return total / count


@mistake("ML357", "Goes through the loader twice", hint="A second pass costs as much as the first, and a shuffled one comes in another order. Count as you go.")
def train_epoch(model, loader, optimizer, loss_fn):
    model.train()
    count = sum(len(x) for x, _ in loader)
    total = 0.0
    for x, t in loader:
        loss = loss_fn(model(x), t)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
    return total / count


@mistake("ML363", "Divides by the size of the data set", hint="A loader may drop its last batch. Count the samples that come.")
def train_epoch(model, loader, optimizer, loss_fn):
    model.train()
    total = 0.0
    for x, t in loader:
        loss = loss_fn(model(x), t)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
    return total / len(loader.dataset)


@mistake("ML428", 'Trusts the mode of the whole', hint='A part may be in evaluation mode while the model is not. `model.train()` switches all of them, so call it in any case.')
def train_epoch(model, loader, optimizer, loss_fn):
    if not model.training:
        model.train()
    total, count = 0.0, 0
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        count += len(x)
    return total / count


@mistake("ML507", 'Weights every batch with the size of full ones', hint='The last batch may be smaller. Count the samples that it has.')
def train_epoch(model, loader, optimizer, loss_fn):
    model.train()
    total, count = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * loader.batch_size
        count += len(x)
    return total / count


@mistake("ML508", 'Measures each batch after its step', hint='The loss of a batch is the one on which its step is made.')
def train_epoch(model, loader, optimizer, loss_fn):
    model.train()
    losses, sizes = [], []
    for x, y in loader:
        optimizer.zero_grad()
        loss_fn(model(x), y).backward()
        optimizer.step()
        with torch.no_grad():
            losses.append(loss_fn(model(x), y).item())
        sizes.append(len(y))
    return float(np.average(losses, weights=sizes))


@mistake("ML509", 'Steps after every second batch', hint='A step for every batch was asked for.')
def train_epoch(model, loader, optimizer, loss_fn):
    model.train()
    total, count = 0.0, 0
    optimizer.zero_grad()
    for i, (x, y) in enumerate(loader):
        loss = loss_fn(model(x), y)
        loss.backward()
        if i % 2 == 1:
            optimizer.step()
            optimizer.zero_grad()
        total += loss.item() * len(x)
        count += len(x)
    return total / count


@mistake("ML553", "Leaves batches out whose loss is not finite", hint="A step for every batch, and every batch in the mean: whoever reads it is to see that something went wrong.")
def train_epoch(model, loader, optimizer, loss_fn):
    model.train()
    total = count = 0
    for x, t in loader:
        loss = loss_fn(model(x), t)
        if not torch.isfinite(loss):
            continue
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        count += len(x)
    return total / count


@mistake("MQ320", "Makes no step for a batch without a loss", hint="An optimizer with a memory moves on also where the gradient is 0: there is a step for every batch.")
def train_epoch(model, loader, optimizer, loss_fn):
    model.train()
    total, count = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        if loss.item() != 0:
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        total += loss.item() * len(x)
        count += len(x)
    return total / count
