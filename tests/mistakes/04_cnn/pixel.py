import torch

from grader import mistake


@mistake("MC201", "Takes x for the row and y for the column", hint="Rows come before columns: the height is the last axis but one, and y counts along it.")
def pixel(batch, n, channel, y, x):
    return batch[n, channel, x, y].item()


@mistake("MC202", "Leaves the number in a tensor", hint="A Python float was asked for: take the number out.")
def pixel(batch, n, channel, y, x):
    return batch[n, channel, y, x]


@mistake("MC203", "Looks for the channel in the last axis", hint="In PyTorch the channels come right after the pictures.")
def pixel(batch, n, channel, y, x):
    return batch.permute(0, 3, 1, 2)[n, channel, y, x].item()


@mistake("MC204", "Returns places in the flattened picture", hint="One number per picture is the place in a long row. Turn it into channel, row and column.")
def brightest(batch):
    return batch.flatten(1).argmax(1)


@mistake("MC205", "Looks for one largest value in the whole batch", hint="Each picture has a largest value of its own: flatten the pictures, not the batch.")
def brightest(batch):
    place = torch.stack(torch.unravel_index(batch.argmax(), batch.shape))
    return place[1:].expand(len(batch), 3)


@mistake("MC206", "Has rows and columns in the other order", hint="Channel, then row, then column: the column is the remainder of a division by the width.")
def brightest(batch):
    n, c, h, w = batch.shape
    flat = batch.flatten(1).argmax(1)
    return torch.stack([flat // (h * w), flat % w, flat // w % h], dim=1)


@mistake("MC207", "Looks at the first channel only", hint="The largest value may be in any channel.")
def brightest(batch):
    flat = batch[:, 0].flatten(1).argmax(1)
    w = batch.shape[3]
    return torch.stack([torch.zeros_like(flat), flat // w, flat % w], dim=1)


@mistake("MC208", "Takes the last of several largest values", hint="Among equal values the first in reading order counts.")
def brightest(batch):
    n, c, h, w = batch.shape
    flat = c * h * w - 1 - batch.flatten(1).flip(1).argmax(1)
    return torch.stack([flat // (h * w), flat // w % h, flat % w], dim=1)
