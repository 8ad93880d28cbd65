import torch

from grader import mistake


@mistake("MG274", "Adds up the means of the parts", hint="Then the gradient is as many times too large as there are parts. Weight each part by its share of the samples.")
def accumulate(model, x, y, loss_fn, optimizer, size):
    optimizer.zero_grad()
    total = 0.0
    for a, b in zip(x.split(size), y.split(size)):
        loss = loss_fn(model(a), b)
        loss.backward()
        total = total + loss.detach() * len(a) / len(x)
    optimizer.step()
    return total


@mistake("MG29", "Gives a small last part the weight of a full one", hint="Divide by the number of samples, not by the number of parts.")
def accumulate(model, x, y, loss_fn, optimizer, size):
    optimizer.zero_grad()
    parts = list(zip(x.split(size), y.split(size)))
    total = 0.0
    for a, b in parts:
        loss = loss_fn(model(a), b) / len(parts)
        loss.backward()
        total = total + loss.detach()
    optimizer.step()
    return total


@mistake("MG275", "Clears the gradients in between", hint="The gradients of all parts have to add up. Clear them once, before the first.")
def accumulate(model, x, y, loss_fn, optimizer, size):
    total = 0.0
    for a, b in zip(x.split(size), y.split(size)):
        optimizer.zero_grad()
        loss = loss_fn(model(a), b) * (len(a) / len(x))
        loss.backward()
        total = total + loss.detach()
    optimizer.step()
    return total


@mistake("MG276", "Steps after every part", hint="One step, at the end. A step in between changes the weights that the next part sees.")
def accumulate(model, x, y, loss_fn, optimizer, size):
    optimizer.zero_grad()
    total = 0.0
    for a, b in zip(x.split(size), y.split(size)):
        loss = loss_fn(model(a), b) * (len(a) / len(x))
        loss.backward()
        optimizer.step()
        total = total + loss.detach()
    return total


@mistake("MG277", "Keeps the old gradients", hint="What was in `.grad` before must not count: clear it first.")
def accumulate(model, x, y, loss_fn, optimizer, size):
    total = 0.0
    for a, b in zip(x.split(size), y.split(size)):
        loss = loss_fn(model(a), b) * (len(a) / len(x))
        loss.backward()
        total = total + loss.detach()
    optimizer.step()
    return total


@mistake("MG278", "Shows the model the whole batch", hint="The whole batch does not fit; that was the reason to accumulate.")
def accumulate(model, x, y, loss_fn, optimizer, size):
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.detach()


@mistake("MG279", "Keeps the graphs of all parts in the total", hint="Detach the losses that you add up, or the graph of each part stays in memory.")
def accumulate(model, x, y, loss_fn, optimizer, size):
    optimizer.zero_grad()
    total = 0.0
    for a, b in zip(x.split(size), y.split(size)):
        loss = loss_fn(model(a), b) * (len(a) / len(x))
        loss.backward()
        total = total + loss
    optimizer.step()
    return total


@mistake("MG280", "Returns the loss of the last part", hint="The mean over all samples was asked for.")
def accumulate(model, x, y, loss_fn, optimizer, size):
    optimizer.zero_grad()
    for a, b in zip(x.split(size), y.split(size)):
        loss = loss_fn(model(a), b)
        (loss * (len(a) / len(x))).backward()
    optimizer.step()
    return loss.detach()


@mistake("MG280b", "Adds up the losses of all parts, and goes back once", hint="Until `backward` frees it, the graph of each part stays in memory: call `backward` on each part.")
def accumulate(model, x, y, loss_fn, optimizer, size):
    optimizer.zero_grad()
    total = 0.0
    for part_x, part_y in zip(x.split(size), y.split(size)):
        total = total + loss_fn(model(part_x), part_y) * (len(part_x) / len(x))
    total.backward()
    optimizer.step()
    return total.detach()


@mistake("MG401", "Averages the losses of the parts", hint="The gradients are right. But in the mean loss, too, a smaller last part counts for less.")
def accumulate(model, x, y, loss_fn, optimizer, size):
    optimizer.zero_grad()
    losses = []
    for a, b in zip(x.split(size), y.split(size)):
        loss = loss_fn(model(a), b)
        (loss * len(a) / len(x)).backward()
        losses.append(loss.detach())
    optimizer.step()
    return torch.stack(losses).mean()


@mistake("MG402", "Asks the model twice", hint="The model may see each sample only once: collect the loss in the pass that goes back.")
def accumulate(model, x, y, loss_fn, optimizer, size):
    with torch.no_grad():
        mean = sum(loss_fn(model(a), b) * len(a) for a, b in zip(x.split(size), y.split(size))) / len(x)
    optimizer.zero_grad()
    for a, b in zip(x.split(size), y.split(size)):
        (loss_fn(model(a), b) * len(a) / len(x)).backward()
    optimizer.step()
    return mean


@mistake("MG457", "Keeps the graphs with retain_graph", hint="`backward` frees the graph of a part, if you let it; and a list of losses keeps graphs, too. Keep `loss.detach()`.")
def accumulate(model, x, y, loss_fn, optimizer, size):
    optimizer.zero_grad()
    losses = []
    for a, b in zip(x.split(size), y.split(size)):
        loss = loss_fn(model(a), b) * (len(a) / len(x))
        loss.backward(retain_graph=True)
        losses.append(loss)
    optimizer.step()
    return torch.stack(losses).sum().detach()


@mistake("MG458", "Counts a small last part as a full one", hint="The last part may have fewer samples than `size`. Weight each part by the samples that it has.")
def accumulate(model, x, y, loss_fn, optimizer, size):
    optimizer.zero_grad()
    size, total = min(size, len(x)), 0.0
    for a, b in zip(x.split(size), y.split(size)):
        loss = loss_fn(model(a), b)
        (loss * (size / len(x))).backward()
        total = total + loss.detach() * (len(a) / len(x))
    optimizer.step()
    return total


@mistake("MG459", "Clears the gradients and steps for every part", hint="The gradients of all parts have to add up: clear them once before the first part, and step once after the last.")
def accumulate(model, x, y, loss_fn, optimizer, size):
    total = 0.0
    for a, b in zip(x.split(size), y.split(size)):
        optimizer.zero_grad()
        loss = loss_fn(model(a), b) * (len(a) / len(x))
        loss.backward()
        optimizer.step()
        total = total + loss.detach()
    return total


@mistake("MG460", "Shows the model the whole batch to get the loss", hint="The model never sees more than `size` samples at a time, and each only once. The losses of the parts give the mean.")
def accumulate(model, x, y, loss_fn, optimizer, size):
    with torch.no_grad():
        before = loss_fn(model(x), y)
    optimizer.zero_grad()
    for a, b in zip(x.split(size), y.split(size)):
        (loss_fn(model(a), b) * (len(a) / len(x))).backward()
    optimizer.step()
    return before


@mistake("MG461", "Puts the model into training mode", hint="Nobody asked for it: the model stays in the mode in which it is.")
def accumulate(model, x, y, loss_fn, optimizer, size):
    model.train()
    optimizer.zero_grad()
    total = 0.0
    for a, b in zip(x.split(size), y.split(size)):
        loss = loss_fn(model(a), b) * (len(a) / len(x))
        loss.backward()
        total = total + loss.detach()
    optimizer.step()
    return total
