import torch
from torch import nn

from grader import mistake


@mistake("MD20", "Scatters with an index of too few axes", hint="The index needs as many axes as the tensor; add one of size 1 for the slots.")
def one_hot(codes, n):
    return torch.zeros(len(codes), n).scatter_(1, codes, 1.0)


@mistake("MD22", "Scatters along the rows", hint="Each row gets a 1 in one of its columns. Along which axis do you spread?")
def one_hot(codes, n):
    return torch.zeros(len(codes), n).scatter_(0, codes.unsqueeze(1), 1.0)


@mistake("MD25", "Throws the result of `scatter` away", hint="Without the underscore nothing is written in place: the table stays zero.")
def one_hot(codes, n):
    table = torch.zeros(len(codes), n)
    table.scatter(1, codes.unsqueeze(1), 1.0)
    return table


@mistake("MD26", "Lets the data decide on the number of slots", hint="A batch without the top code must not come out narrower. The width is n.")
def one_hot(codes, n):
    return nn.functional.one_hot(codes).float()


@mistake("MD120", "Returns integers", hint="Networks read floats, and `F.one_hot` gives int64: convert the slots.")
def one_hot(codes, n):
    return nn.functional.one_hot(codes, n)


@mistake("MD121", "Leaves the slot of the code itself empty", hint="The slots 0 to code, itself included: code 0 fills one slot.")
def thermometer(codes, n):
    return (torch.arange(n) < codes.unsqueeze(1)).float()


@mistake("MD122", "Fills the slots from the code upwards", hint="Like the liquid in a thermometer: from below, up to the code.")
def thermometer(codes, n):
    return (torch.arange(n) >= codes.unsqueeze(1)).float()


@mistake("MD123", "Returns truth values", hint="A comparison gives bool; float32 was asked for.")
def thermometer(codes, n):
    return torch.arange(n) <= codes.unsqueeze(1)


@mistake("MD271", "Gives the caller's codes another axis", hint="`unsqueeze_`, with the underscore, reshapes the tensor that was passed. Without it you get a new one.")
def one_hot(codes, n):
    return torch.zeros(len(codes), n).scatter_(1, codes.unsqueeze_(1), 1.0)


@mistake("MD272", "Gives the caller's codes another axis, for the thermometer", hint="`unsqueeze_`, with the underscore, reshapes the tensor that was passed. Without it you get a new one.")
def thermometer(codes, n):
    return (torch.arange(n) <= codes.unsqueeze_(1)).float()


@mistake("MD409", "Makes slots for the codes that occur", hint="Slot k belongs to code k, whether or not all codes below it occur.")
def one_hot(codes, n):
    _, places = torch.unique(codes, return_inverse=True)
    return torch.eye(n)[places]


@mistake("MD410", "Takes code 0 for none", hint="Code 0 fills slot 0: the slots 0 to code, itself included.")
def thermometer(codes, n):
    out = torch.zeros(len(codes), n)
    for row, code in zip(out, codes.tolist()):
        if code:
            row[: code + 1] = 1.0
    return out
