from torch import nn
import copy

import torch

from grader import mistake


@mistake("MG292", "Casts the model itself", hint="`model.to` of a module works in place and returns the same model. Copy first.")
def cast_copy(model, dtype):
    return model.to(dtype)


@mistake("MG293", "Makes a shallow copy", hint="`copy.copy` shares the layers inside. `copy.deepcopy` does not.")
def cast_copy(model, dtype):
    return copy.copy(model).to(dtype)


@mistake("MG294", "Always takes float16", hint="The dtype is an argument.")
def cast_copy(model, dtype):
    return copy.deepcopy(model).half()


@mistake("MG295", "Casts the whole numbers as well", hint="Integer buffers count things, and should stay integers.")
def cast_copy(model, dtype):
    other = copy.deepcopy(model)
    for t in [*other.parameters(), *other.buffers()]:
        t.data = t.data.to(dtype)
    return other


@mistake("MG296", "Leaves the buffers behind", hint="Floating-point buffers are cast as well.")
def cast_copy(model, dtype):
    other = copy.deepcopy(model)
    for p in other.parameters():
        p.data = p.data.to(dtype)
    return other


@mistake("MG297", "Copies without casting", hint="The copy was to be in another dtype.")
def cast_copy(model, dtype):
    return copy.deepcopy(model)


@mistake("MG298", "Brings the copy to the CPU", hint="The copy belongs on the same device.")
def cast_copy(model, dtype):
    return copy.deepcopy(model).to("cpu", dtype)


@mistake("MG349", "Trains what was frozen", hint="`nn.Parameter` makes a trained parameter of whatever it is given. In the copy, what was frozen is frozen.")
def cast_copy(model, dtype):
    other = copy.deepcopy(model)
    for module in other.modules():
        for name, p in list(module.named_parameters(recurse=False)):
            setattr(module, name, torch.nn.Parameter(p.detach().to(dtype)))
        for name, b in list(module.named_buffers(recurse=False)):
            setattr(module, name, b.to(dtype) if b.is_floating_point() else b)
    return other


@mistake("MG406", "Casts the model there and back", hint="What was rounded stays rounded: the model has lost its digits. Copy first.")
def cast_copy(model, dtype):
    before = next(model.parameters()).dtype
    model.to(dtype)
    new = copy.deepcopy(model)
    model.to(before)
    return new


@mistake("MG469", "Gives all layers the mode of the whole model", hint="`train()` sets the mode of every layer inside. A deep copy has all of the modes already.")
def cast_copy(model, dtype):
    return copy.deepcopy(model).to(dtype).train(model.training)


@mistake("MG470", "Freezes the copy and puts it into evaluation mode", hint="What was trained is trained in the copy as well, and the mode is the same.")
def cast_copy(model, dtype):
    return copy.deepcopy(model).to(dtype).eval().requires_grad_(False)


@mistake("MG471", "Makes two parameters of a shared one", hint="Where two layers share a parameter, they share it in the copy as well. Casting it in its place keeps that.")
def cast_copy(model, dtype):
    other = copy.deepcopy(model)
    for module in other.modules():
        for name, p in list(module.named_parameters(recurse=False)):
            setattr(module, name, nn.Parameter(p.detach().to(dtype, copy=True), requires_grad=p.requires_grad))
        for name, b in list(module.named_buffers(recurse=False)):
            if b.is_floating_point():
                setattr(module, name, b.to(dtype))
    return other


@mistake("MG536", "Puts the copy into evaluation mode", hint="The mode was to be the same: a deep copy has that of the model already.")
def cast_copy(model, dtype):
    return copy.deepcopy(model).to(dtype).eval()


@mistake("MG537", "Puts the copy into training mode", hint="The mode was to be the same: a deep copy has that of the model already.")
def cast_copy(model, dtype):
    return copy.deepcopy(model).to(dtype).train()
