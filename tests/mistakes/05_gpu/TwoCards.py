import copy

import torch
from torch import nn

from grader import mistake


@mistake("MG338", "Leaves the activations on the first card", hint="The second half needs its input on its own device.")
class TwoCards(nn.Module):
    def __init__(self, first, second, devices):
        super().__init__()
        self.first, self.second = first.to(devices[0]), second.to(devices[1])
        self.devices = devices

    def forward(self, x):
        return self.second(self.first(x.to(self.devices[0])))


@mistake("MG339", "Does not move the input", hint="x may be on any device. Bring it to the first.")
class TwoCards(nn.Module):
    def __init__(self, first, second, devices):
        super().__init__()
        self.first, self.second = first.to(devices[0]), second.to(devices[1])
        self.devices = devices

    def forward(self, x):
        return self.second(self.first(x).to(self.devices[1]))


@mistake("MG340", "Moves the weights in every forward", hint="The weights move once, in `__init__`. Then only activations travel.")
class TwoCards(nn.Module):
    def __init__(self, first, second, devices):
        super().__init__()
        self.first, self.second = first, second.to(devices[1])
        self.devices = devices

    def forward(self, x):
        hidden = self.first.to(self.devices[0])(x.to(self.devices[0]))
        self.first.to(self.devices[1])
        self.first.to(self.devices[0])
        return self.second(hidden.to(self.devices[1]))


@mistake("MG341", "Puts both halves on the first card", hint="The second half belongs on the second device.")
class TwoCards(nn.Module):
    def __init__(self, first, second, devices):
        super().__init__()
        self.first, self.second = first.to(devices[0]), second.to(devices[0])
        self.devices = devices

    def forward(self, x):
        return self.second(self.first(x.to(self.devices[0]))).to(self.devices[1])


@mistake("MG342", "Sends the activations by way of the CPU", hint="A card can send to another card. `.cpu()` in between is one trip more.")
class TwoCards(nn.Module):
    def __init__(self, first, second, devices):
        super().__init__()
        self.first, self.second = first.to(devices[0]), second.to(devices[1])
        self.devices = devices

    def forward(self, x):
        return self.second(self.first(x.to(self.devices[0])).cpu().to(self.devices[1]))


@mistake("MG343", "Cuts the graph between the cards", hint="The gradients have to find their way back. Do not detach; autograd knows how to go back over a copy.")
class TwoCards(nn.Module):
    def __init__(self, first, second, devices):
        super().__init__()
        self.first, self.second = first.to(devices[0]), second.to(devices[1])
        self.devices = devices

    def forward(self, x):
        return self.second(self.first(x.to(self.devices[0])).detach().to(self.devices[1]))


@mistake("MG344", "Brings the result to the first card", hint="The result stays where it was computed: on the second device.")
class TwoCards(nn.Module):
    def __init__(self, first, second, devices):
        super().__init__()
        self.first, self.second = first.to(devices[0]), second.to(devices[1])
        self.devices = devices

    def forward(self, x):
        return self.second(self.first(x.to(self.devices[0])).to(self.devices[1])).to(self.devices[0])


@mistake("MG345", "Hides the halves in a list", hint="Modules in a plain list are not registered: an optimizer will not find their parameters.")
class TwoCards(nn.Module):
    def __init__(self, first, second, devices):
        super().__init__()
        self.halves = [first.to(devices[0]), second.to(devices[1])]
        self.devices = devices

    def forward(self, x):
        return self.halves[1](self.halves[0](x.to(self.devices[0])).to(self.devices[1]))


@mistake("MG347", "Asks the parameters of a half where it is", hint="A half may have no parameters at all, such as `nn.ReLU`. Keep the devices themselves.")
class TwoCards(nn.Module):
    def __init__(self, first, second, devices):
        super().__init__()
        self.first, self.second = first.to(devices[0]), second.to(devices[1])

    def forward(self, x):
        hidden = self.first(x.to(next(self.first.parameters()).device))
        return self.second(hidden.to(next(self.second.parameters()).device))


@mistake("MG348", "Moves copies of the modules", hint="The modules that were given are to be moved and kept. Copies are others, with weights of their own.")
class TwoCards(nn.Module):
    def __init__(self, first, second, devices):
        super().__init__()
        self.first, self.second = copy.deepcopy(first).to(devices[0]), copy.deepcopy(second).to(devices[1])
        self.devices = devices

    def forward(self, x):
        return self.second(self.first(x.to(self.devices[0])).to(self.devices[1]))


@mistake("MG437", "Brings the result back to where x was", hint="The result stays on the second device.")
class TwoCards(nn.Module):
    def __init__(self, first, second, devices):
        super().__init__()
        self.d0, self.d1 = devices
        self.first = first.to(self.d0)
        self.second = second.to(self.d1)

    def forward(self, x):
        return self.second(self.first(x.to(self.d0)).to(self.d1)).to(x.device)


@mistake("MG453", "Moves the modules when they are used", hint="The weights move once, when the model is made. In `forward` only x and the activations travel.")
class TwoCards(nn.Module):
    def __init__(self, first, second, devices):
        super().__init__()
        self.first, self.second, self.devices = first, second, devices

    def forward(self, x):
        hidden = self.first.to(self.devices[0])(x.to(self.devices[0]))
        return self.second.to(self.devices[1])(hidden.to(self.devices[1]))


@mistake("MG454", "Keeps the halves in a ModuleList", hint="The two modules were to be the attributes `first` and `second`.")
class TwoCards(nn.Module):
    def __init__(self, first, second, devices):
        super().__init__()
        self.devices = devices
        self.parts = nn.ModuleList([first.to(devices[0]), second.to(devices[1])])

    def forward(self, x):
        for part, device in zip(self.parts, self.devices):
            x = part(x.to(device))
        return x


@mistake("MG455", "Moves only where a half has parameters", hint="A half may have no parameters at all: it still computes on its device. Keep the devices that were given.")
class TwoCards(nn.Module):
    def __init__(self, first, second, devices):
        super().__init__()
        self.first, self.second = first.to(devices[0]), second.to(devices[1])

    def forward(self, x):
        for part in (self.first, self.second):
            parameter = next(part.parameters(), None)
            x = part(x if parameter is None else x.to(parameter.device))
        return x


@mistake("MG456", "Moves the caller's x", hint="Writing to `x.data` moves the tensor that the caller holds. `x.to(device)` gives another.")
class TwoCards(nn.Module):
    def __init__(self, first, second, devices):
        super().__init__()
        self.devices = devices
        self.first, self.second = first.to(devices[0]), second.to(devices[1])

    def forward(self, x):
        x.data = x.data.to(self.devices[0])
        return self.second(self.first(x).to(self.devices[1]))
