import torch
from torch import nn

from grader import mistake


@mistake("MG155", "Keeps plain tensors", hint="`model.to` moves parameters and buffers. A plain attribute stays behind, and is not saved.")
class Prepare(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.mean, self.std = mean, std

    def forward(self, x):
        return torch.cat([(x - self.mean) / self.std, x.new_ones(len(x), 1)], dim=1)


@mistake("MG156", "Moves plain tensors in every forward", hint="It computes right, but copies at every call, and the numbers are not saved. Register buffers.")
class Prepare(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.mean, self.std = mean, std

    def forward(self, x):
        return torch.cat([(x - self.mean.to(x.device)) / self.std.to(x.device), x.new_ones(len(x), 1)], dim=1)


@mistake("MG08", "Makes the ones on the CPU", hint="`torch.ones(n)` is on the CPU, wherever the model is. Make it where the input is.")
class Prepare(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        return torch.cat([(x - self.mean) / self.std, torch.ones(len(x), 1)], dim=1)


@mistake("MG157", "Makes parameters of the statistics", hint="A parameter is trained by the optimizer. What is only measured belongs into a buffer.")
class Prepare(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.mean, self.std = nn.Parameter(mean), nn.Parameter(std)

    def forward(self, x):
        return torch.cat([(x - self.mean) / self.std, x.new_ones(len(x), 1)], dim=1).detach()


@mistake("MG158", "Does not save the buffers", hint="`persistent=False` keeps a buffer out of the state_dict.")
class Prepare(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean, persistent=False)
        self.register_buffer("std", std, persistent=False)

    def forward(self, x):
        return torch.cat([(x - self.mean) / self.std, x.new_ones(len(x), 1)], dim=1)


@mistake("MG159", "Sends the ones to the card always", hint='`device="cuda"` breaks the module on the CPU. Ask the input: `x.device`.')
class Prepare(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        return torch.cat([(x - self.mean) / self.std, torch.ones(len(x), 1, device="cuda")], dim=1)


@mistake("MG160", "Changes the batch itself", hint="`-=` and `/=` write into the caller's tensor.")
class Prepare(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        with torch.no_grad():
            x -= self.mean
            x /= self.std
        return torch.cat([x, x.new_ones(len(x), 1)], dim=1)
