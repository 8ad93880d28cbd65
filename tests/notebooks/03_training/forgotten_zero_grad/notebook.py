# %% question="train"
def train(f, params, make_optimizer, x, t, epochs):
    optimizer = make_optimizer(params)
    losses = []
    for epoch in range(epochs):
        loss = torch.mean((f(x, *params) - t) ** 2)
        optimizer.zero_grad
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        if epoch % 100 == 0:
            print(f"epoch {epoch}: {loss.item():.4f}")
    return losses


def parabola(x, w2, w1, b):
    return w2 * x * x + w1 * x + b


# %% question="train_epoch"
def train_epoch(model, loader, optimizer, loss_fn):
    model.train()
    losses = []
    for x, t in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(x), t)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return np.mean(losses).item()


# %% question="accuracy"
@torch.no_grad()
def accuracy(model, loader):
    model.eval()
    hits = [(model(x).argmax(1) == y) for x, y in loader]
    return torch.cat(hits).float().mean().item()


# %% question="train_best"
def train_best(model, optimizer, loss_fn, train, val, epochs, patience):
    result = {"train": [], "val": [], "best_epoch": 0}
    best = float("inf")
    for epoch in range(epochs):
        model.train()
        optimizer.zero_grad()
        loss = loss_fn(model(train[0]), train[1])
        loss.backward()
        optimizer.step()
        model.eval()
        with torch.no_grad():
            val_loss = loss_fn(model(val[0]), val[1]).item()
        result["train"].append(loss.item())
        result["val"].append(val_loss)
        if val_loss < best:
            best, result["best_epoch"] = val_loss, epoch
            weights = model.state_dict()
        if epoch - result["best_epoch"] >= patience:
            break
    model.load_state_dict(weights)
    return result
