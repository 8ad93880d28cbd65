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
