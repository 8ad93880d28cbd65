import torch

from grader import mistake


@mistake("MG03", "Throws the moved tensor away", hint="`t.to(device)` leaves `t` where it was and returns another tensor. Use what it returns.")
def move(t, device, dtype=None):
    t.to(device, dtype or t.dtype)
    return t


@mistake("MG118", "Always goes to the card", hint="`t.cuda()` names its target. The device that was asked for may be another one.")
def move(t, device, dtype=None):
    return t.cuda().to(dtype or t.dtype)


@mistake("MG119", "Makes float32 of everything", hint="None means: the dtype of the tensor, which may be one of whole numbers.")
def move(t, device, dtype=None):
    return t.to(device, dtype or torch.float32)


@mistake("MG120", "Copies where nothing is to do", hint="`.to` returns the tensor itself when nothing has to change. A further copy costs time and memory.")
def move(t, device, dtype=None):
    return t.to(device, dtype or t.dtype, copy=True)


@mistake("MG121", "Leaves the dtype as it was", hint="`.to` takes the dtype after the device.")
def move(t, device, dtype=None):
    return t.to(device)


@mistake("MG122", "Moves the caller's own tensor", hint="Writing to `.data` changes the tensor that was given; it must stay where it is.")
def move(t, device, dtype=None):
    t.data = t.data.to(device, dtype or t.dtype)
    return t


@mistake("MG422", "Cuts the graph on the way", hint="A tensor without its graph is another one. Where nothing is to do, `t` itself was asked for.")
def move(t, device, dtype=None):
    return t.detach().to(device=device, dtype=t.dtype if dtype is None else dtype)


@mistake("MG495", "Takes every card for the current one", hint="`cuda()` without a number goes to the current card. Hand the device on as it is.")
def move(t, device, dtype=None):
    t = t.cuda() if torch.device(device).type == "cuda" else t.cpu()
    return t if dtype is None else t.to(dtype)


@mistake("MG496", "Forgets the dtype where the device fits", hint="The dtype may have to change though the device is the right one already.")
def move(t, device, dtype=None):
    return t if t.device == torch.device(device) else t.to(device, dtype or t.dtype)


@mistake("MG497", "Copies what is not contiguous", hint="How a tensor lies in memory is no reason to copy it: nothing was to be done.")
def move(t, device, dtype=None):
    return t.to(device, dtype or t.dtype).contiguous()
