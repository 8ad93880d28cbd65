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


@mistake("MG400", "Makes the ones in float32", hint="The ones have a dtype, too: `torch.cat` then makes float32 of a batch in half precision.")
class Prepare(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        ones = torch.ones(x.size(0), 1, device=x.device)
        return torch.cat(((x - self.mean) / self.std, ones), dim=1)


@mistake("MG434", "Makes frozen parameters", hint="A frozen parameter is still one of the module's parameters. What else can be registered?")
class Prepare(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.mean = nn.Parameter(mean, requires_grad=False)
        self.std = nn.Parameter(std, requires_grad=False)

    def forward(self, x):
        return torch.cat([(x - self.mean) / self.std, x.new_ones(x.shape[0], 1)], 1)


@mistake("MG435", "Forgets the device of the ones", hint="Where does `torch.ones` put them if nothing is said?")
class Prepare(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        z = (x - self.mean) / self.std
        return torch.hstack([z, torch.ones(len(z), 1, dtype=z.dtype)])


@mistake("MG452", "Keeps the ones of the first batch", hint="What `forward` stores in a plain attribute stays where it was when the module moves. Make the ones anew for each batch.")
class Prepare(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)
        self.ones = None

    def forward(self, x):
        if self.ones is None or len(self.ones) != len(x):
            self.ones = x.new_ones(len(x), 1)
        return torch.cat([(x - self.mean) / self.std, self.ones], dim=1)
