import torch

from grader import mistake


@mistake("ML25", "Learns from the validation set as well", hint="Only the training loss goes backward.")
def train_and_validate(f, params, optimizer, train, val, epochs):
    history = [], []
    for _ in range(epochs):
        loss, val_loss = (((f(x, *params) - t) ** 2).mean() for x, t in (train, val))
        optimizer.zero_grad()
        loss.backward()
        val_loss.backward()
        optimizer.step()
        history[0].append(loss.item())
        history[1].append(val_loss.item())
    return history


@mistake("ML26c", "Builds a graph on the validation set", hint="What is only measured need not be recorded. Wrap the validation in `no_grad`.")
def train_and_validate(f, params, optimizer, train, val, epochs):
    history = [], []
    for _ in range(epochs):
        loss, val_loss = (((f(x, *params) - t) ** 2).mean() for x, t in (train, val))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        history[0].append(loss.item())
        history[1].append(val_loss.item())
    return history


@mistake("ML160", "Validates after the step", hint="Both losses of an epoch belong to the same parameters, those before the step.")
def train_and_validate(f, params, optimizer, train, val, epochs):
    history = [], []
    for _ in range(epochs):
        loss = ((f(train[0], *params) - train[1]) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            val_loss = ((f(val[0], *params) - val[1]) ** 2).mean()
        history[0].append(loss.item())
        history[1].append(val_loss.item())
    return history


@mistake("ML161", "Swaps the two lists", hint="First the training losses, then the validation losses.")
def train_and_validate(f, params, optimizer, train, val, epochs):
    history = [], []
    for _ in range(epochs):
        loss = ((f(train[0], *params) - train[1]) ** 2).mean()
        with torch.no_grad():
            val_loss = ((f(val[0], *params) - val[1]) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        history[0].append(val_loss.item())
        history[1].append(loss.item())
    return history


@mistake("ML162", "Trains on the validation set", hint="Which of the two losses goes backward?")
def train_and_validate(f, params, optimizer, train, val, epochs):
    history = [], []
    for _ in range(epochs):
        with torch.no_grad():
            loss = ((f(train[0], *params) - train[1]) ** 2).mean()
        val_loss = ((f(val[0], *params) - val[1]) ** 2).mean()
        optimizer.zero_grad()
        val_loss.backward()
        optimizer.step()
        history[0].append(loss.item())
        history[1].append(val_loss.item())
    return history


@mistake("ML01c", "Lets the gradients add up", hint="`backward` adds to `.grad`. Clear it once per round.")
def train_and_validate(f, params, optimizer, train, val, epochs):
    history = [], []
    for _ in range(epochs):
        loss = ((f(train[0], *params) - train[1]) ** 2).mean()
        with torch.no_grad():
            val_loss = ((f(val[0], *params) - val[1]) ** 2).mean()
        loss.backward()
        optimizer.step()
        history[0].append(loss.item())
        history[1].append(val_loss.item())
    return history


@mistake("ML468", 'Validates with the parameters of the start', hint='A copy from before the loop never learns. Use the parameters themselves, under `no_grad`.')
def train_and_validate(f, params, optimizer, train, val, epochs):
    (x, t), (vx, vt) = train, val
    frozen = [p.detach().clone() for p in params]
    history = [], []
    for _ in range(epochs):
        history[1].append(((f(vx, *frozen) - vt) ** 2).mean().item())
        loss = ((f(x, *params) - t) ** 2).mean()
        history[0].append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return history


@mistake("ML469", 'Measures both losses after the step', hint='Both belong to the parameters *before* the step of their epoch.')
def train_and_validate(f, params, optimizer, train, val, epochs):
    train_losses, val_losses = [], []
    for _ in range(epochs):
        loss = ((f(train[0], *params) - train[1]) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            train_losses.append(((f(train[0], *params) - train[1]) ** 2).mean().item())
            val_losses.append(((f(val[0], *params) - val[1]) ** 2).mean().item())
    return train_losses, val_losses


@mistake("ML470", 'Returns pairs of losses', hint='Two lists were asked for, the training losses and the validation losses.')
def train_and_validate(f, params, optimizer, train, val, epochs):
    history = []
    for _ in range(epochs):
        loss = ((f(train[0], *params) - train[1]) ** 2).mean()
        with torch.no_grad():
            val_loss = ((f(val[0], *params) - val[1]) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        history.append((loss.item(), val_loss.item()))
    return history


@mistake("ML471", 'Validates in every second epoch only', hint='Both losses are measured in each epoch.')
def train_and_validate(f, params, optimizer, train, val, epochs):
    train_losses, val_losses = [], []
    for epoch in range(epochs):
        loss = ((f(train[0], *params) - train[1]) ** 2).mean()
        if epoch % 2 == 0:
            with torch.no_grad():
                val_loss = ((f(val[0], *params) - val[1]) ** 2).mean().item()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        train_losses.append(loss.item())
        val_losses.append(val_loss)
    return train_losses, val_losses


@mistake("ML552", "Ends when a loss is no longer finite", hint="One loss of each kind per epoch was asked for, also when a training diverges.")
def train_and_validate(f, params, optimizer, train_set, val_set, epochs):
    both = [], []
    for _ in range(epochs):
        loss = mse(f(train_set[0], *params), train_set[1])
        with torch.no_grad():
            val_loss = mse(f(val_set[0], *params), val_set[1])
        if not (loss.isfinite() and val_loss.isfinite()):
            break
        for losses, new in zip(both, (loss, val_loss)):
            losses.append(new.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return both


@mistake("MQ318", "Stops when the training loss no longer falls", hint="How many losses are there when the training loss is 0 from the start? There is one of each kind for each epoch.")
def train_and_validate(f, params, optimizer, train_set, val_set, epochs):
    train_losses, val_losses = [], []
    for _ in range(epochs):
        loss = ((f(train_set[0], *params) - train_set[1]) ** 2).mean()
        with torch.no_grad():
            val_losses.append(((f(val_set[0], *params) - val_set[1]) ** 2).mean().item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        train_losses.append(loss.item())
        if len(train_losses) > 1 and train_losses[-1] == train_losses[-2]:
            break
    return train_losses, val_losses
