import math

import torch

from grader import alternative


@alternative("the square of a cosine")
def rate_at(epoch, base, warmup, total):
    if epoch + 1 <= warmup:
        return base / warmup * (epoch + 1)
    progress = (epoch - warmup) / (total - warmup)
    return base * math.cos(progress * math.pi / 2) ** 2


@alternative("tensors")
def rate_at(epoch, base, warmup, total):
    up = (epoch + 1) / warmup if warmup else 1.0
    down = 0.5 + 0.5 * torch.cos(torch.tensor(math.pi * (epoch - warmup) / (total - warmup), dtype=torch.float64))
    return base * (up if epoch < warmup else down.item())


@alternative("update")
def set_rate(optimizer, rate):
    for g in optimizer.param_groups:
        g.update(lr=rate)


@alternative("a scheduler")
def set_rate(optimizer, rate):
    for group in optimizer.param_groups:
        group.pop("initial_lr", None)
    factors = [lambda epoch, lr=group["lr"]: rate / lr for group in optimizer.param_groups]
    torch.optim.lr_scheduler.LambdaLR(optimizer, factors)


@alternative("notes the rate for schedulers and for later groups, too")
def set_rate(optimizer, rate):
    optimizer.defaults["lr"] = rate
    for group in optimizer.param_groups:
        group["initial_lr"] = group["lr"] = rate
