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
