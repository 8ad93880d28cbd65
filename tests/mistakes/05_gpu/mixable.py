import torch

from grader import mistake


@mistake("MG32", "Forgets the numbers that travel", hint="A 0-dimensional tensor on the CPU mixes with everything.")
def mixable(a, b):
    return a.device == b.device


@mistake("MG128", "Lets numbers of the card travel", hint="It holds in one direction only: the number has to be on the CPU.")
def mixable(a, b):
    return a.device == b.device or a.ndim == 0 or b.ndim == 0


@mistake("MG129", "Counts elements instead of axes", hint="A tensor of shape (1,) or (1, 1) has axes, and does not travel.")
def mixable(a, b):
    return a.device == b.device or any(t.numel() == 1 and not t.is_cuda for t in (a, b))


@mistake("MG130", "Takes two cards for one device", hint="`is_cuda` says that it is some card. Which one matters as well.")
def mixable(a, b):
    return a.is_cuda == b.is_cuda or any(t.ndim == 0 and not t.is_cuda for t in (a, b))


@mistake("MG131", "Looks at the second operand's number only", hint="Either of the two may be the number.")
def mixable(a, b):
    return a.device == b.device or (b.ndim == 0 and not b.is_cuda)


@mistake("MG132", "Adds without moving", hint="The operands must share a device: bring the second one to the first.")
def add_aligned(a, b):
    return a + b


@mistake("MG133", "Moves the first one to the second", hint="The result belongs on the first one's device.")
def add_aligned(a, b):
    return a.to(b.device) + b


@mistake("MG134", "Moves to a card of its own choice", hint="`.cuda()` is the current card. Ask the first operand where it is: `a.device`.")
def add_aligned(a, b):
    return a + b.cuda() if a.is_cuda else a + b.cpu()


@mistake("MG421", "Moves only where it must", hint="A number on the CPU goes along to the card, and so does the sum. It belongs on the device of `a`.")
def add_aligned(a, b):
    free = a.device == b.device or (a.dim() == 0 and a.device.type == "cpu") or (b.dim() == 0 and b.device.type == "cpu")
    return a + b if free else a + b.to(a.device)


@mistake("MG494", "Gives the sum the dtype of the first", hint="`b.to(a)` takes over a's dtype as well. Name the device alone.")
def add_aligned(a, b):
    return a + b.to(a)
