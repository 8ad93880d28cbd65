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


@mistake("MC621", "Divides by the height", hint="In reading order a row has W pixels: the place is divided by the width.")
def brightest(batch):
    n, c, h, w = batch.shape
    i = batch.reshape(n, -1).argmax(dim=1)
    rest = i % (h * w)
    return torch.stack([i // (h * w), rest // h, rest % h], dim=1)


@mistake("MC622", "Looks for the best position before the best channel", hint="Channel after channel is the order of reading: a tie is decided by the channel first.")
def brightest(batch):
    best, channel = batch.max(dim=1)
    width = batch.shape[3]
    place = best.flatten(1).argmax(dim=1)
    chosen = channel.flatten(1).gather(1, place[:, None])[:, 0]
    return torch.stack([chosen, place // width, place % width], dim=1)


@mistake("MC623", "Returns all places of a largest value", hint="One row for each picture: of several, the first in reading order.")
def brightest(batch):
    top = batch.amax(dim=(1, 2, 3), keepdim=True)
    return (batch == top).nonzero()[:, 1:]


@mistake("MC624", "Takes a view of pictures that lie otherwise in memory", hint="`view` needs numbers that lie in order. A batch may be transposed or sliced.")
def brightest(batch):
    n, c, h, w = batch.shape
    idx = batch.view(n, c * h * w).argmax(1)
    return torch.stack((idx // (h * w), (idx // w) % h, idx % w), 1)


@mistake("MC701", "Compares in float32", hint="Numbers of float64 that differ in the last places become equal in float32. Look for the largest in the dtype that came.")
def brightest(batch):
    n, c, h, w = batch.shape
    pos = batch.float().reshape(n, -1).argmax(1)
    return torch.stack([pos // (h * w), pos % (h * w) // w, pos % w], dim=1)


@mistake("MC702", "Reads equal values column by column", hint="Reading order is row after row: of two largest values in a channel, the one in the upper row is first.")
def brightest(batch):
    n, c, h, w = batch.shape
    pos = batch.transpose(2, 3).reshape(n, -1).argmax(1)
    return torch.stack([pos // (h * w), pos % h, pos % (h * w) // h], dim=1)


@mistake("MC703", "Finds channel, row and column each on its own", hint="The row with the largest sum need not hold the largest value. Find the one place, and take it apart into its three indexes.")
def brightest(batch):
    c = batch.amax(dim=(2, 3)).argmax(dim=1)
    y = batch.amax(dim=(1, 3)).argmax(dim=1)
    x = batch.amax(dim=(1, 2)).argmax(dim=1)
    return torch.stack([c, y, x], dim=1)


@mistake("MC704", "Rounds the pixel", hint="The value was asked for as it is, with all its digits.")
def pixel(batch, n, channel, y, x):
    return round(float(batch[n, channel, y, x]), 4)
