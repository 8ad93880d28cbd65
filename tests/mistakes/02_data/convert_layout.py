import torch

from grader import mistake


@mistake("MD82", "Looks the letters up the wrong way round", hint="`permute` wants, for each axis of the result, which old axis it was. So look up the wanted letters in the old layout.")
def convert_layout(t, have, want):
    if sorted(have) != sorted(want):
        raise ValueError
    return t.permute([want.index(axis) for axis in have])


@mistake("MD83", "Reshapes instead of moving axes", hint="The right shape, and scrambled numbers: `reshape` never moves an axis.")
def convert_layout(t, have, want):
    if sorted(have) != sorted(want):
        raise ValueError
    return t.reshape([t.shape[have.index(axis)] for axis in want])


@mistake("MD84", "Always moves the last axis behind the first", hint="That is right from NHWC to NCHW alone. Work the order out from the letters.")
def convert_layout(t, have, want):
    if sorted(have) != sorted(want):
        raise ValueError
    return t.movedim(-1, 1)


@mistake("MD85", "Does not compare the letters", hint="Layouts with different letters were to raise ValueError; see what happens when `want` lacks one.")
def convert_layout(t, have, want):
    return t.permute([have.index(axis) for axis in want])


@mistake("MD86", "Copies the numbers", hint="Moving axes changes the strides alone; the result should share the memory.")
def convert_layout(t, have, want):
    if sorted(have) != sorted(want):
        raise ValueError
    return t.permute([have.index(axis) for axis in want]).contiguous()
