import torch

from grader import mistake


@mistake("MG05", "Leaves the targets on the CPU", hint="The loss needs both: predictions and targets. Move the targets as well.")
def train_step(model, batch, optimizer, loss_fn):
    x, y = batch
    loss = loss_fn(model(x.to(next(model.parameters()).device)), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.detach()


@mistake("MG166", "Always moves the batch to the first card", hint="The model may be on the CPU or on a second card. Ask it: `next(model.parameters()).device`.")
def train_step(model, batch, optimizer, loss_fn):
    x, y = batch[0].cuda(), batch[1].cuda()
    loss = loss_fn(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.detach()


@mistake("MG167", "Reads the loss in every step", hint="`.item()` makes Python wait for the card. `.detach()` does not.")
def train_step(model, batch, optimizer, loss_fn):
    device = next(model.parameters()).device
    x, y = (t.to(device) for t in batch)
    loss = loss_fn(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


@mistake("MG26", "Hands out the graph with the loss", hint="Whoever keeps this loss keeps the whole graph of the step. Detach it.")
def train_step(model, batch, optimizer, loss_fn):
    device = next(model.parameters()).device
    x, y = (t.to(device) for t in batch)
    loss = loss_fn(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss


@mistake("MG168", "Adds to old gradients", hint="`backward` adds to what is there. Clear the gradients before it.")
def train_step(model, batch, optimizer, loss_fn):
    device = next(model.parameters()).device
    x, y = (t.to(device) for t in batch)
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.detach()


@mistake("MG169", "Moves the batch twice", hint="Move each tensor once and keep what `.to` returns.")
def train_step(model, batch, optimizer, loss_fn):
    device = next(model.parameters()).device
    loss = loss_fn(model(batch[0].to(device)), batch[1].to(device))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    with torch.no_grad():
        loss_fn(model(batch[0].to(device)), batch[1].to(device))
    return loss.detach()


@mistake("MG170", "Brings the loss home in every step", hint="`.cpu()` waits for the card, as `.item()` does. Leave the loss where it is.")
def train_step(model, batch, optimizer, loss_fn):
    device = next(model.parameters()).device
    x, y = (t.to(device) for t in batch)
    loss = loss_fn(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.detach().cpu()


@mistake("MG171", "Measures the loss after the step", hint="The loss before the step was asked for. It is the one that you called `backward` on.")
def train_step(model, batch, optimizer, loss_fn):
    device = next(model.parameters()).device
    x, y = (t.to(device) for t in batch)
    optimizer.zero_grad()
    loss_fn(model(x), y).backward()
    optimizer.step()
    with torch.no_grad():
        return loss_fn(model(x), y)


@mistake("MG430", "Clears the gradients after the step", hint="What was in `.grad` before counts in this step. Clear first.")
def train_step(model, batch, optimizer, loss_fn):
    device = next(model.parameters()).device
    x, y = batch[0].to(device), batch[1].to(device)
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    return loss.detach()


@mistake("MG431", "Switches to training mode", hint="Nobody asked for another mode. The caller's stays.")
def train_step(model, batch, optimizer, loss_fn):
    model.train()
    device = next(model.parameters()).device
    x, y = [t.to(device) for t in batch]
    optimizer.zero_grad(set_to_none=True)
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.detach()


@mistake("MG507", "Gives the targets the dtype of the model", hint="Targets may be whole numbers, the labels of classes, and have to stay so. Move them to the device and to nothing else.")
def train_step(model, batch, optimizer, loss_fn):
    x, y = (t.to(next(model.parameters())) for t in batch)
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.detach()
