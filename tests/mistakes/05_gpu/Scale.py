import torch
from torch import nn

from grader import mistake


@mistake("MG10", "Moves the parameters and keeps the results", hint="`nn.Parameter(t).to(device)` is no parameter when it had to copy. First the tensor in its place, then `nn.Parameter` around it.")
class Scale(nn.Module):
    def __init__(self, features, device=None, dtype=None):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(features)).to(device, dtype)
        self.bias = nn.Parameter(torch.zeros(features)).to(device, dtype)

    def forward(self, x):
        return x * self.weight + self.bias


@mistake("MG161", "Makes the parameters on the CPU and sends them over", hint="Every factory takes `device=` and `dtype=`.")
class Scale(nn.Module):
    def __init__(self, features, device=None, dtype=None):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(features).to(device=device, dtype=dtype))
        self.bias = nn.Parameter(torch.zeros(features).to(device=device, dtype=dtype))

    def forward(self, x):
        return x * self.weight + self.bias


@mistake("MG162", "Ignores the dtype", hint="`dtype=` belongs to the factory as well as `device=`.")
class Scale(nn.Module):
    def __init__(self, features, device=None, dtype=None):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(features, device=device))
        self.bias = nn.Parameter(torch.zeros(features, device=device))

    def forward(self, x):
        return x * self.weight + self.bias


@mistake("MG163", "Forgets the device of the bias", hint="Two parameters, two devices: the bias stayed on the CPU.")
class Scale(nn.Module):
    def __init__(self, features, device=None, dtype=None):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(features, device=device, dtype=dtype))
        self.bias = nn.Parameter(torch.zeros(features, dtype=dtype))

    def forward(self, x):
        return x * self.weight + self.bias


@mistake("MG164", "Makes the bias a buffer", hint="Buffers are not trained. The bias should be.")
class Scale(nn.Module):
    def __init__(self, features, device=None, dtype=None):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(features, device=device, dtype=dtype))
        self.register_buffer("bias", torch.zeros(features, device=device, dtype=dtype))

    def forward(self, x):
        return x * self.weight + self.bias


@mistake("MG165", "Multiplies the bias as well", hint="First the weight, then the bias: x · weight + bias.")
class Scale(nn.Module):
    def __init__(self, features, device=None, dtype=None):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(features, device=device, dtype=dtype))
        self.bias = nn.Parameter(torch.zeros(features, device=device, dtype=dtype))

    def forward(self, x):
        return (x + self.bias) * self.weight


@mistake("MG346", "Takes the CPU where nothing was said", hint="None means PyTorch's default, which `torch.set_default_device` may have changed. The factories know it: hand None on to them.")
class Scale(nn.Module):
    def __init__(self, features, device=None, dtype=None):
        super().__init__()
        device = "cpu" if device is None else device
        self.weight = nn.Parameter(torch.ones(features, device=device, dtype=dtype))
        self.bias = nn.Parameter(torch.zeros(features, device=device, dtype=dtype))

    def forward(self, x):
        return x * self.weight + self.bias


@mistake("MG436", "Multiplies as matrices do", hint="`@` adds the products up. Each feature has a weight of its own.")
class Scale(nn.Module):
    def __init__(self, features, device=None, dtype=None):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(features, device=device, dtype=dtype))
        self.bias = nn.Parameter(torch.zeros(features, device=device, dtype=dtype))

    def forward(self, x):
        return (x @ self.weight).unsqueeze(-1) + self.bias


@mistake("MG531", "Takes float32 where no dtype was given", hint="None means PyTorch's default, which `torch.set_default_dtype` may have changed. The factories know it: hand None on to them.")
class Scale(nn.Module):
    def __init__(self, features, device=None, dtype=None):
        super().__init__()
        dtype = torch.float32 if dtype is None else dtype
        self.weight = nn.Parameter(torch.ones(features, device=device, dtype=dtype))
        self.bias = nn.Parameter(torch.zeros(features, device=device, dtype=dtype))

    def forward(self, x):
        return x * self.weight + self.bias
