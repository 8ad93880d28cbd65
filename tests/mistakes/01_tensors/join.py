import torch

from grader import mistake


@mistake("MT105", "Concatenates in both cases", hint="`stack` makes a new axis; `cat` lengthens one that is there.")
def join(tensors, how, dim):
    if how not in ("cat", "stack"):
        raise ValueError(how)
    return torch.cat(tensors, dim=min(dim, tensors[0].ndim - 1))


@mistake("MT106", "Ignores the axis", hint="Pass `dim` on; without it, axis 0 is meant.")
def join(tensors, how, dim):
    if how == "cat":
        return torch.cat(tensors)
    if how == "stack":
        return torch.stack(tensors)
    raise ValueError(how)


@mistake("MT107", "Takes every other word for stack", hint="A word that is neither \"cat\" nor \"stack\" was to raise ValueError.")
def join(tensors, how, dim):
    return torch.cat(tensors, dim=dim) if how == "cat" else torch.stack(tensors, dim=dim)


@mistake("MT108", "Swaps cat and stack", hint="Stack puts tensors on top of each other: that needs a new axis.")
def join(tensors, how, dim):
    if how == "stack":
        return torch.cat(tensors, dim=min(dim, tensors[0].ndim - 1))
    if how == "cat":
        return torch.stack(tensors, dim=dim)
    raise ValueError(how)


@mistake("MT325", "Raises KeyError for an unknown way", hint="A dict raises KeyError by itself; ValueError was asked for.")
def join(tensors, how, dim):
    return {"cat": torch.cat, "stack": torch.stack}[how](tensors, dim=dim)


@mistake("MT326", "Starts from an empty float tensor", hint="Joining to an empty float32 tensor makes floats of whole numbers. Join what you were given.")
def join(tensors, how, dim):
    if how not in ("cat", "stack"):
        raise ValueError(f"unknown how: {how}")
    if how == "stack":
        tensors = [t.unsqueeze(dim) for t in tensors]
    shape = list(tensors[0].shape)
    shape[dim] = 0
    out = torch.empty(shape)
    for t in tensors:
        out = torch.cat((out, t), dim)
    return out


@mistake("MT565", "Takes every word that holds cat or stack", hint="\"concat\" is another word than \"cat\". Compare the whole word.")
def join(tensors, how, dim):
    if "cat" in how:
        return torch.cat(tensors, dim=dim)
    if "stack" in how:
        return torch.stack(tensors, dim=dim)
    raise ValueError(how)
