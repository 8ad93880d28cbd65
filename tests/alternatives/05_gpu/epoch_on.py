import torch

from grader import alternative


@alternative("a list of losses, read together")
def epoch_on(model, loader, optimizer, loss_fn, device):
    model.train()
    losses, sizes = [], []
    for inputs, targets in loader:
        inputs = inputs.to(device, non_blocking=True)
        targets = targets.to(device, non_blocking=True)
        optimizer.zero_grad(set_to_none=True)
        loss = loss_fn(model(inputs), targets)
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
        sizes.append(inputs.shape[0])
    values = torch.stack(losses).tolist()
    return sum(v * n for v, n in zip(values, sizes)) / sum(sizes)


@alternative("a zero on the device, added to in place")
def epoch_on(model, loader, optimizer, loss_fn, device):
    total = torch.zeros((), device=device, dtype=torch.float64)
    n = 0
    model.train(True)
    for batch in loader:
        x, y = [t.to(device) for t in batch]
        model.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            total += loss * x.size(0)
        n += x.size(0)
    return float(total / n)


@alternative("a zero that is sent over")
def epoch_on(model, loader, optimizer, loss_fn, device):
    model.train()
    total, n = torch.tensor(0.0, dtype=torch.float64, device=device), 0
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.detach() * len(x)
        n += len(x)
    return (total / n).item()
