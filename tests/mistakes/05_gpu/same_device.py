import torch

from grader import mistake


@mistake("MG13", "Takes cuda and cuda:0 for two devices", hint="A missing number means 0. Compare type and number one by one.")
def same_device(a, b):
    return torch.device(a) == torch.device(b)


@mistake("MG14", "Compares a device with a string", hint='`torch.device("cpu") == "cpu"` is False. Make a torch.device of both first.')
def same_device(a, b):
    a = torch.device("cuda:0") if a == "cuda" else a
    b = torch.device("cuda:0") if b == "cuda" else b
    return a == b


@mistake("MG109", "Looks at the type only", hint="Two cards are two devices. The number counts as well.")
def same_device(a, b):
    return torch.device(a).type == torch.device(b).type


@mistake("MG109b", "Makes tensors in order to ask where they are", hint="A device may be named that this machine does not have. A torch.device has a type and an index; no tensor is needed.")
def same_device(a, b):
    return torch.empty(0, device=a).device == torch.empty(0, device=b).device


@mistake("MG358", "Takes the current card for a name without a number", hint="Here a missing number counts as 0, whichever card is the current one.")
def same_device(a, b):
    def number(device):
        if device.index is None and device.type == "cuda":
            return torch.cuda.current_device()
        return device.index or 0

    a, b = torch.device(a), torch.device(b)
    return a.type == b.type and number(a) == number(b)


@mistake("MG500", "Compares the last digit only", hint="A number may have two digits: `torch.device` reads the name for you.")
def same_device(a, b):
    a, b = (str(name) if ":" in str(name) else f"{name}:0" for name in (a, b))
    return a[:3] == b[:3] and a[-1] == b[-1]


@mistake("MQ512", "Takes zeros off a number", hint="`rstrip(\":0\")` takes off every 0 and every colon at the end: \"cuda:10\" becomes \"cuda:1\".")
def same_device(a, b):
    return str(a).rstrip(":0") == str(b).rstrip(":0")
