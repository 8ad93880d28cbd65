import torch

from grader import alternative


@alternative("asks the state")
def scores(model, x):
    for p in model.parameters():
        return model(x.to(device=p.device, non_blocking=True))


@alternative("new_ones and cumsum")
def weighted(losses):
    weights = losses.new_ones(len(losses)).cumsum(0)
    return losses.dot(weights) / weights.sum()


@alternative("minimum, step by step")
def lowest(model, batches, loss_fn):
    best = None
    with torch.inference_mode():
        for x, y in batches:
            loss = loss_fn(model(x), y)
            best = loss if best is None else torch.minimum(best, loss)
        return float(best)


@alternative("clears by hand")
def history(model, batches, optimizer, loss_fn):
    def step(x, y):
        model.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        return loss.detach().clone()

    return torch.stack([step(x, y) for x, y in batches])


@alternative("says the dtype")
def mean_of(t):
    return torch.mean(t, dtype=torch.float32)
