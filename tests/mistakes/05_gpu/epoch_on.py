import torch

from grader import mistake


@mistake("MG17", "Reads the loss of every batch", hint="`.item()` waits for the card. Add up on the card, and read once at the end.")
def epoch_on(model, loader, optimizer, loss_fn, device):
    model.train()
    total, seen = 0.0, 0
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        seen += len(x)
    return total / seen


@mistake("MG226", "Copies the weights in every step", hint="Nothing but the batches has to cross. The model is on the device already.")
def epoch_on(model, loader, optimizer, loss_fn, device):
    model.train()
    total, seen = 0.0, 0
    for x, y in loader:
        model.cpu().to(device)
        x, y = x.to(device), y.to(device)
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total = total + loss.detach() * len(x)
        seen += len(x)
    return total.item() / seen


@mistake("MG227", "Averages the averages", hint="A smaller last batch counts for less: weight each loss by its samples.")
def epoch_on(model, loader, optimizer, loss_fn, device):
    model.train()
    total, batches = 0.0, 0
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total = total + loss.detach()
        batches += 1
    return total.item() / batches


@mistake("MG228", "Returns a tensor", hint="The one read at the end is allowed: a Python float was asked for.")
def epoch_on(model, loader, optimizer, loss_fn, device):
    model.train()
    total, seen = 0.0, 0
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total = total + loss.detach() * len(x)
        seen += len(x)
    return total / seen


@mistake("MG229", "Leaves the mode as it was", hint="`model.train()` belongs before the first batch.")
def epoch_on(model, loader, optimizer, loss_fn, device):
    total, seen = 0.0, 0
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total = total + loss.detach() * len(x)
        seen += len(x)
    return total.item() / seen


@mistake("MG230", "Never clears the gradients", hint="`backward` adds. Every step needs `zero_grad`.")
def epoch_on(model, loader, optimizer, loss_fn, device):
    model.train()
    total, seen = 0.0, 0
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total = total + loss.detach() * len(x)
        seen += len(x)
    return total.item() / seen


@mistake("MG25", "Moves sample by sample", hint="Each copy has a fixed cost: move the whole batch.")
def epoch_on(model, loader, optimizer, loss_fn, device):
    model.train()
    total, seen = 0.0, 0
    for x, y in loader:
        x, y = torch.stack([t.to(device) for t in x]), torch.stack([t.to(device) for t in y])
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total = total + loss.detach() * len(x)
        seen += len(x)
    return total.item() / seen


@mistake("MG231", "Decides by looking at each loss", hint="`if loss > …` needs the value, so Python waits at every step.")
def epoch_on(model, loader, optimizer, loss_fn, device):
    model.train()
    total, seen = 0.0, 0
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        loss = loss_fn(model(x), y)
        if loss.isnan():
            continue
        optimizer.zero_grad()
        loss.backward()
        if loss > 1e9:
            break
        optimizer.step()
        total = total + loss.detach() * len(x)
        seen += len(x)
    return total.item() / seen


@mistake("MG232", "Measures without training", hint="The optimizer has to step for every batch.")
def epoch_on(model, loader, optimizer, loss_fn, device):
    model.train()
    total, seen = 0.0, 0
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        total = total + loss_fn(model(x), y).detach() * len(x)
        seen += len(x)
    return total.item() / seen


@mistake("MG415", "Asks the loader for its data set", hint="The loader is any iterable of pairs. Count the samples while they come.")
def epoch_on(model, loader, optimizer, loss_fn, device):
    model.train()
    total = torch.zeros((), device=device)
    for x, y in loader:
        x, y = x.to(device, non_blocking=True), y.to(device, non_blocking=True)
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.detach() * x.size(0)
    return total.item() / len(loader.dataset)


@mistake("MG482", "Clears the gradients after each step only", hint="There may be old gradients before the first step. Clear them before `backward`.")
def epoch_on(model, loader, optimizer, loss_fn, device):
    model.train()
    total, seen = 0.0, 0
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        total = total + loss.detach() * len(x)
        seen += len(x)
    return total.item() / seen


@mistake("MG483", "Sets the mode of the outermost module only", hint="`model.training = True` leaves the layers inside as they are. `model.train()` reaches all of them.")
def epoch_on(model, loader, optimizer, loss_fn, device):
    model.training = True
    total, seen = 0.0, 0
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total = total + loss.detach() * len(x)
        seen += len(x)
    return total.item() / seen


@mistake("MG484", "Puts the mode back at the end", hint="The model was to stay in training mode.")
def epoch_on(model, loader, optimizer, loss_fn, device):
    before = model.training
    model.train()
    total, seen = 0.0, 0
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total = total + loss.detach() * len(x)
        seen += len(x)
    model.train(before)
    return total.item() / seen


@mistake("MG485", "Reads the sum and the number of samples", hint="How many samples there were, Python knows: the shape of a tensor is no value on the card. Only the sum has to be read.")
def epoch_on(model, loader, optimizer, loss_fn, device):
    model.train()
    total, seen = torch.zeros((), device=device), torch.zeros((), device=device)
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.detach() * len(x)
        seen += len(x)
    return total.item() / seen.item()


@mistake("MG570", "Steps only where the loss is finite", hint="A step for every batch, and every batch in the mean: whoever reads it is to see that something went wrong.")
def epoch_on(model, loader, optimizer, loss_fn, device):
    model.train()
    total, seen = 0.0, 0
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        if torch.isfinite(loss):
            loss.backward()
            optimizer.step()
            total, seen = total + loss.detach() * len(x), seen + len(x)
    return float(total) / seen
