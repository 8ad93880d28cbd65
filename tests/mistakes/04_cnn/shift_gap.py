import torch

from grader import mistake


@mistake("MC332", "Has rows and columns the wrong way round", hint="Down is along the height, axis 1 of (C, H, W); to the right is along the width.")
def shift_gap(model, image, dy, dx):
    scores = model(torch.stack([image, image.roll((dx, dy), dims=(1, 2))]))
    return (scores[0] - scores[1]).abs().max().item()


@mistake("MC333", "Shifts the channels", hint="Axis 0 of a picture are its channels; move along the axes 1 and 2.")
def shift_gap(model, image, dy, dx):
    scores = model(torch.stack([image, image.roll((dy, dx), dims=(0, 1))]))
    return (scores[0] - scores[1]).abs().max().item()


@mistake("MC334", "Rolls through the flattened picture", hint="Without `dims`, `roll` flattens first, and the end of a row goes to the next row.")
def shift_gap(model, image, dy, dx):
    rolled = image.roll(dy * image.shape[2] + dx)
    scores = model(torch.stack([image, rolled]))
    return (scores[0] - scores[1]).abs().max().item()


@mistake("MC335", "Takes the largest difference with its sign", hint="A score that falls has changed as well: absolute values.")
def shift_gap(model, image, dy, dx):
    scores = model(torch.stack([image, image.roll((dy, dx), dims=(1, 2))]))
    return (scores[1] - scores[0]).max().item()


@mistake("MC336", "Averages over the scores", hint="The largest difference was asked for.")
def shift_gap(model, image, dy, dx):
    scores = model(torch.stack([image, image.roll((dy, dx), dims=(1, 2))]))
    return (scores[0] - scores[1]).abs().mean().item()


@mistake("MC337", "Fills up with zeros instead of rolling", hint="What leaves on one side comes in on the other.")
def shift_gap(model, image, dy, dx):
    moved = torch.zeros_like(image)
    h, w = image.shape[1:]
    for y in range(h):
        for x in range(w):
            if 0 <= y - dy < h and 0 <= x - dx < w:
                moved[:, y, x] = image[:, y - dy, x - dx]
    scores = model(torch.stack([image, moved]))
    return (scores[0] - scores[1]).abs().max().item()


@mistake("MC338", "Leaves the gap in a tensor", hint="A Python float was asked for.")
def shift_gap(model, image, dy, dx):
    scores = model(torch.stack([image, image.roll((dy, dx), dims=(1, 2))]))
    return (scores[0] - scores[1]).abs().max().detach()


@mistake("MC339", "Moves the caller's picture", hint="`copy_` writes into the picture itself; `roll` makes a new one.")
def shift_gap(model, image, dy, dx):
    before = model(image[None].clone())
    image.copy_(image.roll((dy, dx), dims=(1, 2)))
    return (model(image[None]) - before).abs().max().item()
