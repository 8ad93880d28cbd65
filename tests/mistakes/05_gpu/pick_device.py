import torch

from grader import mistake


@mistake("MG01", "Says cuda on every machine", hint="Ask first, then choose: not every machine has a card.")
def pick_device(prefer=("cuda", "xpu", "mps", "cpu")):
    for name in prefer:
        if name not in ("cuda", "xpu", "mps", "cpu"):
            raise ValueError(name)
    return torch.device(prefer[0])


@mistake("MG02", "Asks whether the function exists", hint="`torch.cuda.is_available` is the function, not its answer, and counts as true on every machine. Call it.")
def pick_device(prefer=("cuda", "xpu", "mps", "cpu")):
    usable = {
        "cuda": torch.cuda.is_available,
        "xpu": torch.xpu.is_available(),
        "mps": torch.backends.mps.is_available(),
        "cpu": True,
    }
    if set(prefer) - set(usable):
        raise ValueError(prefer)
    for name in prefer:
        if usable[name]:
            return torch.device(name)
    raise RuntimeError(prefer)


@mistake("MG105", "Returns the word instead of a device", hint="A str is no torch.device; `torch.device(word)` makes one of it.")
def pick_device(prefer=("cuda", "xpu", "mps", "cpu")):
    usable = {
        "cuda": torch.cuda.is_available(),
        "xpu": torch.xpu.is_available(),
        "mps": torch.backends.mps.is_available(),
        "cpu": True,
    }
    if set(prefer) - set(usable):
        raise ValueError(prefer)
    for name in prefer:
        if usable[name]:
            return name
    raise RuntimeError(prefer)


@mistake("MG106", "Has an order of its own", hint="The list says what is dearest. Go through it, and not through your own list.")
def pick_device(prefer=("cuda", "xpu", "mps", "cpu")):
    if set(prefer) - {"cuda", "xpu", "mps", "cpu"}:
        raise ValueError(prefer)
    if "cuda" in prefer and torch.cuda.is_available():
        return torch.device("cuda")
    if "xpu" in prefer and torch.xpu.is_available():
        return torch.device("xpu")
    if "mps" in prefer and torch.backends.mps.is_available():
        return torch.device("mps")
    if "cpu" in prefer:
        return torch.device("cpu")
    raise RuntimeError(prefer)


@mistake("MG107", "Falls back on the CPU where that was not allowed", hint="If the CPU is not in the list and nothing else is there, say so with a RuntimeError: the caller had a reason.")
def pick_device(prefer=("cuda", "xpu", "mps", "cpu")):
    usable = {
        "cuda": torch.cuda.is_available(),
        "xpu": torch.xpu.is_available(),
        "mps": torch.backends.mps.is_available(),
        "cpu": True,
    }
    if set(prefer) - set(usable):
        raise ValueError(prefer)
    for name in prefer:
        if usable[name]:
            return torch.device(name)
    return torch.device("cpu")


@mistake("MG108", "Overlooks a wrong word behind a right one", hint="The whole list has to be examined before the first device is returned.")
def pick_device(prefer=("cuda", "xpu", "mps", "cpu")):
    usable = {
        "cuda": torch.cuda.is_available(),
        "xpu": torch.xpu.is_available(),
        "mps": torch.backends.mps.is_available(),
        "cpu": True,
    }
    for name in prefer:
        if name not in usable:
            raise ValueError(name)
        if usable[name]:
            return torch.device(name)
    raise RuntimeError(prefer)


@mistake("MG445", "Falls back to the CPU", hint="The CPU counts if the list names it. Otherwise a RuntimeError was asked for.")
def pick_device(prefer=("cuda", "xpu", "mps", "cpu")):
    for word in prefer:
        if word not in ("cuda", "xpu", "mps", "cpu"):
            raise ValueError(word)
    for word in prefer:
        if word == "cuda" and torch.cuda.is_available():
            return torch.device("cuda")
        if word == "xpu" and torch.xpu.is_available():
            return torch.device("xpu")
        if word == "mps" and torch.backends.mps.is_available():
            return torch.device("mps")
    return torch.device("cpu")


@mistake("MG446", "Gives the device a number", hint="A torch.device without a number was asked for.")
def pick_device(prefer=("cuda", "xpu", "mps", "cpu")):
    checks = {"cuda": torch.cuda.is_available, "xpu": torch.xpu.is_available, "mps": torch.backends.mps.is_available, "cpu": lambda: True}
    for name in prefer:
        if name not in checks:
            raise ValueError(name)
    for name in prefer:
        if checks[name]():
            return torch.device(name) if name == "cpu" else torch.device(name, 0)
    raise RuntimeError("none")


@mistake("MG499", "Finds a wrong word within the right ones", hint="`in` looks for a part of a text there, and 'pu' is a part of 'cpu'. Put the words into a tuple or a set.")
def pick_device(prefer=("cuda", "xpu", "mps", "cpu")):
    for word in prefer:
        if word not in "cuda xpu mps cpu":
            raise ValueError(word)
    usable = {
        "cuda": torch.cuda.is_available(),
        "xpu": torch.xpu.is_available(),
        "mps": torch.backends.mps.is_available(),
        "cpu": True,
    }
    for word in prefer:
        if usable.get(word):
            return torch.device(word)
    raise RuntimeError("none can be used")


@mistake("MQ510", "Takes every word that PyTorch knows", hint="`torch.device` knows more than the four words, such as \"meta\" and \"cuda:1\". These, too, are to be refused.")
def pick_device(prefer=("cuda", "xpu", "mps", "cpu")):
    for word in prefer:
        try:
            torch.device(word)
        except RuntimeError as error:
            raise ValueError(f"{word!r} is no device") from error
    usable = {"cuda": torch.cuda.is_available(), "xpu": torch.xpu.is_available()}
    usable |= {"mps": torch.backends.mps.is_available(), "cpu": True}
    for word in prefer:
        if usable.get(word):
            return torch.device(word)
    raise RuntimeError(f"none of {list(prefer)} can be used")
