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


@mistake("MD389", "Takes the last axis for a letter that it does not find", hint="`find` gives -1 for what is not there, and -1 is the last axis. Compare the letters first, or use `index`.")
def convert_layout(t, have, want):
    if len(have) != len(want):
        raise ValueError("lengths")
    order = [have.find(c) % len(have) for c in want]
    if len(set(order)) < len(order):
        raise ValueError("letters")
    return t.permute(order)


@mistake("MD390", "Knows only five letters", hint="Volumes have a D, and others may have any letter. Work the order out from the two texts alone.")
def convert_layout(t, have, want):
    if sorted(have) != sorted(want) or not set(have) <= set("NCHWT"):
        raise ValueError("unknown layout")
    return t.permute([have.index(c) for c in want])


@mistake("MD391", "Copies where there is nothing to do", hint="The result shares the memory of `t`, also where both layouts are the same.")
def convert_layout(t, have, want):
    if have == want:
        return t.clone()
    if set(have) ^ set(want):
        raise ValueError("layouts")
    return t.permute([have.index(c) for c in want])


@mistake("MD392", "Drops an axis of size 1 that is not wanted", hint="Layouts with different letters were to raise ValueError, whatever the size of the axis.")
def convert_layout(t, have, want):
    for c in want:
        if c not in have:
            raise ValueError(c)
    for i in reversed(range(len(have))):
        if have[i] not in want and t.shape[i] == 1:
            t = t.squeeze(i)
            have = have[:i] + have[i + 1:]
    if len(have) != len(want):
        raise ValueError("letters")
    return t.permute([have.index(c) for c in want])
