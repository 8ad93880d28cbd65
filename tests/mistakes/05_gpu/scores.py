import math

import torch

from grader import mistake


@mistake("MG370", "Throws the moved batch away", hint="`.to` of a tensor returns another one and leaves the old one where it was. Who uses what it returned?")
def scores(model, x):
    x.to(next(model.parameters()).device)
    return model(x)


@mistake("MG371", "Brings the model to the batch", hint="The model stays where it is; the batch travels.")
def scores(model, x):
    return model.to(x.device)(x)


@mistake("MG372", "Cuts the graph of the scores", hint="Whoever trains with the scores needs the way back to the weights: no `detach`, no `no_grad`.")
def scores(model, x):
    with torch.no_grad():
        return model(x.to(next(model.parameters()).device))


@mistake("MG373", "Names the first card", hint="The model may be on the CPU or on another card. Ask one of its parameters.")
def scores(model, x):
    return model(x.to("cuda"))


@mistake("MG374", "Makes the weights on the CPU", hint="`torch.arange` without `device=` makes a CPU tensor, wherever the losses are.")
def weighted(losses):
    weights = torch.arange(1, len(losses) + 1)
    return (losses * weights).sum() / weights.sum()


@mistake("MG375", "Brings the losses to the CPU", hint="The result belongs on the device of the losses, and nothing is to cross. Make the weights there.")
def weighted(losses):
    weights = torch.arange(1, len(losses) + 1)
    return (losses.cpu() * weights).sum() / weights.sum()


@mistake("MG376", "Sends the weights over", hint="`torch.arange(…).to(device)` makes the weights in the wrong memory first. The factory takes a `device=`.")
def weighted(losses):
    weights = torch.arange(1, len(losses) + 1).to(losses.device)
    return (losses * weights).sum() / weights.sum()


@mistake("MG377", "Counts the losses from zero", hint="The first loss counts once, and not never.")
def weighted(losses):
    weights = torch.arange(len(losses), device=losses.device)
    return (losses * weights).sum() / weights.sum()


@mistake("MG378", "Compares in every step", hint="`if loss < best` needs the value, so Python waits at every batch. Collect on the device, read once.")
def lowest(model, batches, loss_fn):
    best = math.inf
    with torch.no_grad():
        for x, y in batches:
            loss = loss_fn(model(x), y)
            if loss < best:
                best = loss.item()
    return best


@mistake("MG379", "Builds graphs that nobody uses", hint="There is one read now. But each loss keeps its graph, and all of them are kept: nobody will call `backward` here.")
def lowest(model, batches, loss_fn):
    return torch.stack([loss_fn(model(x), y) for x, y in batches]).min().item()


@mistake("MG380", "Leaves the lowest loss on the card", hint="A Python float was asked for: one read at the end is allowed.")
def lowest(model, batches, loss_fn):
    with torch.no_grad():
        return torch.stack([loss_fn(model(x), y) for x, y in batches]).min()


@mistake("MG381", "Keeps the graphs of all losses", hint="A loss that is kept keeps the graph of its step, and the memory fills up. What has the loss without its past?")
def history(model, batches, optimizer, loss_fn):
    losses = []
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss)
    return torch.stack(losses)


@mistake("MG382", "Cuts the graphs when it is over", hint="The result has no graph now, but until the end each loss kept its own. Detach each loss when you keep it.")
def history(model, batches, optimizer, loss_fn):
    losses = []
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss)
    return torch.stack(losses).detach()


@mistake("MG383", "Reads every loss", hint="`.item()` lets go of the graph, but Python waits at every step. Keep the losses on the device.")
def history(model, batches, optimizer, loss_fn):
    losses = []
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return torch.tensor(losses, dtype=loss.dtype, device=loss.device)


@mistake("MG384", "Adds in half precision", hint="The sum is larger than 65504, the largest number of float16, and so infinite before it is divided.")
def mean_of(t):
    return t.sum() / t.numel()


@mistake("MG385", "Answers in half precision", hint="float32 was asked for. `mean` alone answers in the dtype of what it is given.")
def mean_of(t):
    return t.mean()


@mistake("MG386", "Converts too late", hint="What is infinite in float16 stays infinite in float32. Convert before the sum.")
def mean_of(t):
    return (t.sum() / t.numel()).float()


@mistake("MG510", "Gives the batch the dtype of the model", hint="`x.to(p)` takes over the dtype as well, but an embedding, say, is asked with whole numbers. Name the device alone.")
def scores(model, x):
    return model(x.to(next(model.parameters())))


@mistake("MG511", "Asks the model in evaluation mode", hint="The mode is the caller's choice: ask the model in the one in which it is.")
def lowest(model, batches, loss_fn):
    before = model.training
    model.eval()
    with torch.no_grad():
        losses = torch.stack([loss_fn(model(x), y) for x, y in batches])
    model.train(before)
    return losses.min().item()


@mistake("MG512", "Starts from a number that seemed large", hint="A loss may be larger than any number that you think of. Start from the first loss, or from infinity.")
def lowest(model, batches, loss_fn):
    best = 1e6
    with torch.no_grad():
        for x, y in batches:
            best = loss_fn(model(x), y).clamp(max=best)
    return float(best)


@mistake("MG513", "Takes losses for positive", hint="A loss may be below zero, as some are, and lower means more negative.")
def lowest(model, batches, loss_fn):
    with torch.no_grad():
        return torch.stack([loss_fn(model(x), y) for x, y in batches]).abs().min().item()


@mistake("MG514", "Divides by the largest number", hint="If all numbers are zero, that is 0 / 0. float32 holds any sum of these numbers: convert, and take the mean.")
def mean_of(t):
    largest = t.detach().abs().max().float()
    return largest * (t.float() / largest).mean()


@mistake("MG527", "Takes one card for another", hint="`is_cuda` does not say which card. Move the batch to the device of the parameters, whichever that is.")
def scores(model, x):
    parameter = next(model.parameters())
    if parameter.is_cuda != x.is_cuda:
        x = x.to(parameter.device)
    return model(x)


@mistake("MG538", "Rounds the mean to half precision before it becomes float32", hint="`t.mean()` is float16, with three digits, and a conversion brings none back. Convert first, then take the mean.")
def mean_of(t):
    return t.mean().float()


@mistake("MG546", "Flattens the batches of `lowest`", hint="Nothing says that a batch is a matrix. The model knows what it takes: hand it the batch as it is.")
def lowest(model, batches, loss_fn):
    with torch.no_grad():
        return torch.stack([loss_fn(model(x.flatten(1)), y) for x, y in batches]).min().item()


@mistake("MG547", "Flattens the batches of `history`", hint="Nothing says that a batch is a matrix. The model knows what it takes: hand it the batch as it is.")
def history(model, batches, optimizer, loss_fn):
    losses = []
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_fn(model(x.flatten(1)), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return torch.stack(losses)


@mistake("MG548", "Takes the batches of `history` off their list", hint="The list is the caller's, who will want its batches in the next epoch. Go through it with `for`.")
def history(model, batches, optimizer, loss_fn):
    batches, losses = batches if isinstance(batches, list) else list(batches), []
    while batches:
        x, y = batches.pop(0)
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return torch.stack(losses)
