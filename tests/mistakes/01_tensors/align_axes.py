import torch

from grader import mistake


@mistake("MT111", "Puts every missing axis at the end", hint="Each missing axis belongs at the place of its letter.")
def align_axes(t, have, want):
    t = t.permute([have.index(name) for name in want if name in have])
    return t.reshape(*t.shape, *[1] * (len(want) - len(have)))


@mistake("MT112", "Reshapes where axes must move", hint="When the letters stand in another order, the axes must be permuted first.")
def align_axes(t, have, want):
    return t.reshape([t.shape[have.index(name)] if name in have else 1 for name in want])


@mistake("MT113", "Puts every missing axis in front", hint="\"c\" in \"chw\" is (C, 1, 1): the missing axes come behind it.")
def align_axes(t, have, want):
    t = t.permute([have.index(name) for name in want if name in have])
    return t.reshape(*[1] * (len(want) - len(have)), *t.shape)


@mistake("MT303", "Permutes the wrong way round", hint="`permute` wants, for each new axis, the place of the old one; yours says for each old axis where it goes.")
def align_axes(t, have, want):
    kept = [name for name in want if name in have]
    t = t.permute([kept.index(name) for name in have])
    for i, name in enumerate(want):
        if name not in have:
            t = t.unsqueeze(i)
    return t
