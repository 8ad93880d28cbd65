import warnings

import torch

from grader import mistake


@mistake("MG16", "Leaves the result on the card", hint="What is computed on a card stays there. Bring it back at the end.")
def compute_on(device, fn, *tensors):
    return fn(*(t.to(device) for t in tensors))


@mistake("MG135", "Computes on the CPU", hint="The tensors have to be on the device before the function sees them.")
def compute_on(device, fn, *tensors):
    return fn(*tensors)


@mistake("MG136", "Throws the moved tensors away", hint="`t.to(device)` on a line of its own moves nothing: use what it returns.")
def compute_on(device, fn, *tensors):
    for t in tensors:
        t.to(device)
    return fn(*tensors).to("cpu")


@mistake("MG137", "Brings the tensors back as well", hint="Only the result has to come back. The CPU still has its own tensors.")
def compute_on(device, fn, *tensors):
    there = [t.to(device) for t in tensors]
    result = fn(*there)
    [t.cpu() for t in there]
    return result.cpu()


@mistake("MG138", "Computes twice", hint="One call of the function is enough: keep its result.")
def compute_on(device, fn, *tensors):
    there = [t.to(device) for t in tensors]
    fn(*there)
    return fn(*there).cpu()


@mistake("MG139", "Always takes the first card", hint='`.cuda()` is the current card. Use the device that was asked for, which may be the CPU or a second card.')
def compute_on(device, fn, *tensors):
    return fn(*(t.cuda() for t in tensors)).cpu()


@mistake("MG407", "Sends the tensors over and computes at home", hint="What `.to` returns has to be used: the function still gets the tensors of the CPU.")
def compute_on(device, fn, *tensors):
    for t in tensors:
        t.to(device)
    return fn(*tensors).to(device).cpu()


@mistake("MG408", "Makes float32 of everything", hint="The tensors may have any dtype, and keep it.")
def compute_on(device, fn, *tensors):
    moved = [t.to(device).float() for t in tensors]
    return fn(*moved).cpu()


@mistake("MG409", "Stacks the tensors for the way", hint="Tensors of several shapes or dtypes cannot be stacked. Move each by itself.")
def compute_on(device, fn, *tensors):
    packed = torch.stack(tensors).to(device)
    return fn(*packed).to("cpu")


@mistake("MG478", "Tries the function on the CPU first", hint="`fn` was to run once, on the device.")
def compute_on(device, fn, *tensors):
    result = fn(*tensors)
    if result.device == torch.device(device):
        return result
    return fn(*(t.to(device) for t in tensors)).cpu()


@mistake("MG479", "Looks at the result on the way", hint="An `if` about numbers on the card has to read them. Only the result comes back, once.")
def compute_on(device, fn, *tensors):
    result = fn(*(t.to(device) for t in tensors))
    if result.isnan().any():
        warnings.warn("the result holds NaN")
    return result.cpu()


@mistake("MG515", "Chooses the card for the whole program", hint="`set_device` outlives your function. Move the tensors to the device, and the work happens there.")
def compute_on(device, fn, *tensors):
    device = torch.device(device)
    if device.type == "cuda":
        torch.cuda.set_device(device)
    return fn(*(t.to(device) for t in tensors)).cpu()
