import torch

from grader import alternative


@alternative("zeroes first, names everything")
def train_step(model, batch, optimizer, loss_fn):
    where = [p.device for p in model.parameters()][0]
    inputs, targets = batch
    inputs = inputs.to(where, non_blocking=True)
    targets = targets.to(where, non_blocking=True)
    model.zero_grad(set_to_none=False)
    predictions = model(inputs)
    loss = loss_fn(predictions, targets)
    loss.backward()
    optimizer.step()
    return loss.data


@alternative("with to_device, cleared afterwards")
def train_step(model, batch, optimizer, loss_fn):
    optimizer.zero_grad()
    x, y = [t.to(next(iter(model.parameters())).device) for t in batch]
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    return loss.detach().clone()
