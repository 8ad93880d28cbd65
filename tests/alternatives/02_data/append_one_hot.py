import torch
from torch import nn

from grader import alternative


@alternative("one_hot and movedim")
def append_one_hot(days, channel, n):
    slots = nn.functional.one_hot(days[:, channel].to(torch.int64) - 1, n)
    return torch.cat([days, slots.movedim(-1, 1).to(days.dtype)], 1)


@alternative("a comparison")
def append_one_hot(days, channel, n):
    wanted = torch.arange(1, n + 1).view(1, n, 1)
    return torch.hstack([days, (days[:, [channel]] == wanted).float()])


@alternative("slot by slot")
def append_one_hot(days, channel, n):
    result = torch.zeros(days.shape[0], days.shape[1] + n, days.shape[2])
    result[:, : days.shape[1]] = days
    for code in range(1, n + 1):
        result[:, days.shape[1] + code - 1][days[:, channel] == code] = 1
    return result
