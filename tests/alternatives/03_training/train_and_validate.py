import torch

from grader import alternative


@alternative("inference_mode, zero_grad at the start")
def train_and_validate(f, params, optimizer, train, val, epochs):
    mse_of = torch.nn.MSELoss()
    train_losses, val_losses = [], []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = mse_of(f(train[0], *params), train[1])
        with torch.inference_mode():
            val_losses.append(mse_of(f(val[0], *params), val[1]).item())
        loss.backward()
        optimizer.step()
        train_losses.append(loss.item())
    return train_losses, val_losses


@alternative("detached parameters, zero_grad after the step")
def train_and_validate(f, params, optimizer, train, val, epochs):
    history = {"train": [], "val": []}
    for _ in range(epochs):
        frozen = [p.detach() for p in params]
        history["val"].append(float(((f(val[0], *frozen) - val[1]) ** 2).mean()))
        loss = ((f(train[0], *params) - train[1]) ** 2).mean()
        history["train"].append(float(loss))
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    return tuple(history.values())


@alternative("a helper with set_grad_enabled")
def train_and_validate(f, params, optimizer, train, val, epochs):
    def loss_on(data, training):
        with torch.set_grad_enabled(training):
            return (f(data[0], *params) - data[1]).pow(2).mean()

    pairs = []
    for _ in range(epochs):
        loss, val_loss = loss_on(train, True), loss_on(val, False)
        optimizer.zero_grad(set_to_none=False)
        loss.backward()
        optimizer.step()
        pairs.append((loss.item(), val_loss.item()))
    return [a for a, _ in pairs], [b for _, b in pairs]
