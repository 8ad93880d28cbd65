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


@mistake("MC746", "Compares the largest scores only", hint="Compare class by class, and then take the largest difference: two best scores may be equal, and all others differ.")
def shift_gap(model, image, dy, dx):
    with torch.no_grad():
        return abs(model(image[None]).max() - model(image.roll((dy, dx), dims=(1, 2))[None]).max()).item()


@mistake("MC747", "Takes negative shifts for positive ones", hint="A negative dy moves up, a negative dx to the left.")
def shift_gap(model, image, dy, dx):
    with torch.no_grad():
        return (model(image.roll((abs(dy), abs(dx)), dims=(1, 2))[None]) - model(image[None])).abs().max().item()


@mistake("MC748", "Shifts up and to the left", hint="A positive dy moves down, a positive dx to the right; `roll` counts in the same way.")
def shift_gap(model, image, dy, dx):
    with torch.no_grad():
        return (model(image.roll((-dy, -dx), dims=(1, 2))[None]) - model(image[None])).abs().max().item()


@mistake("MC749", "Compares probabilities", hint="The scores were asked for, as the model gives them.")
def shift_gap(model, image, dy, dx):
    with torch.no_grad():
        p = model(torch.stack([image, image.roll((dy, dx), dims=(1, 2))])).softmax(1)
    return (p[0] - p[1]).abs().max().item()


@mistake("MC750", "Shifts the picture that it was given", hint="The picture must stay as it is: `roll` makes a new one.")
def shift_gap(model, image, dy, dx):
    with torch.no_grad():
        before = model(image[None])
        image.copy_(image.roll((dy, dx), dims=(1, 2)))
        return (before - model(image[None])).abs().max().item()


@mistake("MC816", "Insists on a module", hint="A model may be a plain function, which has no mode. Ask it as it is.")
def shift_gap(model, image, dy, dx):
    before = model.training
    model.eval()
    with torch.no_grad():
        scores = model(torch.stack([image, image.roll((dy, dx), dims=(1, 2))]))
    model.train(before)
    return (scores[0] - scores[1]).abs().max().item()


@mistake("MQ408", "Asks in evaluation mode", hint="The text asks for the mode in which the model is: in training mode its scores may be others.")
def shift_gap(model, image, dy, dx):
    before = getattr(model, "training", None)
    if isinstance(model, torch.nn.Module):
        model.eval()
    with torch.no_grad():
        scores = model(torch.stack([image, image.roll((dy, dx), dims=(1, 2))]))
    if isinstance(model, torch.nn.Module):
        model.train(before)
    return (scores[0] - scores[1]).abs().max().item()
