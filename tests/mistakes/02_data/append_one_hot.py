import torch
from torch import nn

from grader import mistake


@mistake("MD23", "Takes the codes for slots", hint="The codes count from 1, the slots from 0.")
def append_one_hot(days, channel, n):
    codes = days[:, channel].long().unsqueeze(1)
    slots = torch.zeros(days.shape[0], n, days.shape[2]).scatter_(1, codes, 1.0)
    return torch.cat((days, slots), dim=1)


@mistake("MD20a", "Scatters with an index of too few axes", hint="The codes are (N, L), the slots (N, n, L). The index needs a dummy axis in the middle.")
def append_one_hot(days, channel, n):
    codes = days[:, channel].long()
    slots = torch.zeros(days.shape[0], n, days.shape[2]).scatter_(1, codes - 1, 1.0)
    return torch.cat((days, slots), dim=1)


@mistake("MD34", "Glues the slots along the hours", hint="They are channels: append them on the channel axis.")
def append_one_hot(days, channel, n):
    codes = days[:, channel].long().unsqueeze(1)
    slots = torch.zeros(days.shape[0], n, days.shape[2]).scatter_(1, codes - 1, 1.0)
    return torch.cat((days, slots), dim=2)


@mistake("MD145", "Reshapes the one-hot codes into channels", hint="`F.one_hot` puts the slots last, (N, L, n). That axis has to move; `view` would scramble it.")
def append_one_hot(days, channel, n):
    slots = nn.functional.one_hot(days[:, channel].long() - 1, n).float()
    return torch.cat((days, slots.view(days.shape[0], n, days.shape[2])), dim=1)


@mistake("MD147", "Drops the channel with the codes", hint="All channels stay as they were; the slots are added.")
def append_one_hot(days, channel, n):
    slots = nn.functional.one_hot(days[:, channel].long() - 1, n).float().transpose(1, 2)
    return torch.cat((days[:, :channel], days[:, channel + 1 :], slots), dim=1)


@mistake("MD148", "Puts the slots in front", hint="First the old channels, then the new ones.")
def append_one_hot(days, channel, n):
    slots = nn.functional.one_hot(days[:, channel].long() - 1, n).float().transpose(1, 2)
    return torch.cat((slots, days), dim=1)


@mistake("MD146", "Changes the caller's codes", hint="`days[:, channel]` is a window onto the days: what you subtract from it in place is gone from them.")
def append_one_hot(days, channel, n):
    before = days.clone()
    codes = days[:, channel]
    codes -= 1
    slots = nn.functional.one_hot(codes.long(), n).float().transpose(1, 2)
    return torch.cat((before, slots), dim=1)


@mistake("MD330", "Lowers the caller's codes", hint="`days[:, channel]` is a window onto the days: `-=` on it changes them, and the first channels of the result with them.")
def append_one_hot(days, channel, n):
    codes = days[:, channel]
    codes -= 1
    slots = torch.zeros(days.shape[0], n, days.shape[2])
    slots.scatter_(1, codes.long().unsqueeze(1), 1.0)
    return torch.cat((days, slots), dim=1)


@mistake("MD331", "Makes slots only for the codes that occur", hint="There are n slots, whatever occurs; with fewer, the codes behind a gap move down.")
def append_one_hot(days, channel, n):
    codes = days[:, channel]
    slots = torch.stack([(codes == k).float() for k in codes.unique()], dim=1)
    return torch.cat((days, slots), dim=1)


@mistake("MD428", "Compares the codes with 0 to n - 1", hint="The codes count from 1: the first new channel is that of code 1.")
def append_one_hot(days, channel, n):
    slots = days[:, channel].unsqueeze(1) == torch.arange(n).view(1, -1, 1)
    return torch.cat((days, slots.float()), dim=1)


@mistake("MD429", "Fills all slots up to the code", hint="That is a thermometer. One-hot has a single 1.")
def append_one_hot(days, channel, n):
    slots = days[:, channel].unsqueeze(1) >= torch.arange(1, n + 1).view(1, -1, 1)
    return torch.cat((days, slots.float()), dim=1)


@mistake("MD430", "Always makes four slots", hint="How many codes there are is an argument, n.")
def append_one_hot(days, channel, n=4):
    slots = torch.stack([(days[:, channel] == k).float() for k in range(1, 5)], dim=1)
    return torch.cat((days, slots), dim=1)
