import torch

from grader import alternative


@alternative("sums first, divides the gradients")
def accumulate(model, x, y, loss_fn, optimizer, size):
    n = x.shape[0]
    model.zero_grad()
    losses = []
    for start in range(0, n, size):
        part_x, part_y = x[start : start + size], y[start : start + size]
        loss = loss_fn(model(part_x), part_y) * len(part_x)
        loss.backward()
        losses.append(loss.detach())
    for p in model.parameters():
        if p.grad is not None:
            p.grad /= n
    optimizer.step()
    return torch.stack(losses).sum() / n


@alternative("clears afterwards as well")
def accumulate(model, x, y, loss_fn, optimizer, size):
    optimizer.zero_grad(set_to_none=False)
    total = torch.zeros((), device=x.device, dtype=x.dtype)
    for a, b in zip(torch.split(x, size), torch.split(y, size)):
        share = len(a) / len(x)
        loss = loss_fn(model(a), b)
        loss.backward(torch.tensor(share, dtype=loss.dtype, device=loss.device))
        total += share * loss.detach()
    optimizer.step()
    optimizer.zero_grad()
    return total


@alternative("the loss in a float32 of its own")
def accumulate(model, x, y, loss_fn, optimizer, size):
    for p in model.parameters():
        p.grad = None
    total = torch.zeros((), device=x.device)
    for i in range(0, len(x), size):
        loss = loss_fn(model(x[i : i + size]), y[i : i + size]) * (len(x[i : i + size]) / len(x))
        loss.backward()
        with torch.no_grad():
            total += loss
    optimizer.step()
    return total
