import torch
from torch import nn

from grader import alternative


@alternative("targets as a column")
def mended_columns(net, optimizer, x, t, epochs):
    column, losses = t.reshape(-1, 1), []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(net(x), column)
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
    return losses


@alternative("flattened predictions and a closure")
def mended_columns(net, optimizer, x, t, epochs):
    def again():
        optimizer.zero_grad()
        loss = (net(x).flatten() - t).square().mean()
        loss.backward()
        return loss

    return [optimizer.step(again).item() for _ in range(epochs)]


@alternative("by index, with a list of parameters")
def mended_head(net, classes, rate):
    end = len(net) - 1
    net[end] = torch.nn.Linear(net[end].weight.shape[1], classes, bias=True, dtype=net[end].weight.dtype)
    return torch.optim.SGD([p for part in net for p in part.parameters()], rate)


@alternative("pop and append, a group for each part")
def mended_head(net, classes, rate):
    inputs = net.pop(-1).in_features
    net.append(nn.Linear(inputs, classes))
    groups = [{"params": list(part.parameters())} for part in net if list(part.parameters())]
    return torch.optim.SGD(groups, lr=rate)


@alternative("index_select")
def mended_shuffle(x, y, generator):
    order = torch.rand(len(y), generator=generator, dtype=torch.float64).argsort()
    return torch.index_select(x, 0, order), y.take(order)


@alternative("numbers of a list")
def mended_shuffle(x, y, generator):
    order = torch.randperm(y.numel(), generator=generator).tolist()
    return torch.stack([x[i] for i in order]), torch.stack([y[i] for i in order])


@alternative("accumulated in the end")
def mended_average(net, optimizer, x, t, epochs):
    losses = []
    for _ in range(epochs):
        loss = nn.functional.mse_loss(net(x), t)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
    return [sum(0.1 * 0.9 ** (k - i) * losses[i] for i in range(k + 1)) for k in range(len(losses))]


@alternative("a detached tensor")
def mended_average(net, optimizer, x, t, epochs):
    smooth, curve_of_losses = torch.zeros((), dtype=torch.float64), []
    for _ in range(epochs):
        loss = (net(x) - t).pow(2).mean()
        smooth = torch.lerp(loss.detach().double(), smooth, 0.9)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        curve_of_losses.append(smooth.item())
    return curve_of_losses


@alternative("std_mean and a helper")
def mended_scale(train, val):
    std, mean = torch.std_mean(train, dim=0, keepdim=True)

    def scaled(table):
        return table.sub(mean).div(std)

    return scaled(train), scaled(val)


@alternative("column by column")
def mended_scale(train, val):
    def column(table, k):
        return (table[:, k] - train[:, k].mean()) / train[:, k].std()

    return tuple(torch.stack([column(table, k) for k in range(train.shape[1])], dim=1) for table in (train, val))
