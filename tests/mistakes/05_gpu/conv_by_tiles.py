from concurrent.futures import ThreadPoolExecutor
import torch
from torch import nn

from grader import mistake


@mistake("MG319", "Cuts the input without an overlap", hint="The last output row of a part needs k − 1 rows of the input that the next part needs as well.")
def conv_by_tiles(x, weight, devices):
    parts = []
    for device, rows in zip(devices, range_parts(x.shape[2], len(devices))):
        tile = x[:, :, rows.start : rows.stop].to(device)
        parts.append(nn.functional.conv2d(tile, weight.to(device)).to(devices[0]))
    return torch.cat(parts, dim=2)


@mistake("MG320", "Overlaps by one row too many", hint="Row i needs the rows i to i + k − 1: that is an overlap of k − 1 rows, not of k.")
def conv_by_tiles(x, weight, devices):
    k, parts = weight.shape[2], []
    for device, rows in zip(devices, range_parts(x.shape[2] - k + 1, len(devices))):
        tile = x[:, :, rows.start : rows.stop + k].to(device)
        parts.append(nn.functional.conv2d(tile, weight.to(device)).to(devices[0]))
    return torch.cat(parts, dim=2)


@mistake("MG321", "Sends the whole picture to every device", hint="Only the rows that a device needs travel to it. Cut first, then move.")
def conv_by_tiles(x, weight, devices):
    k, parts = weight.shape[2], []
    for device, rows in zip(devices, range_parts(x.shape[2] - k + 1, len(devices))):
        tile = x.to(device)[:, :, rows.start : rows.stop + k - 1]
        parts.append(nn.functional.conv2d(tile, weight.to(device)).to(devices[0]))
    return torch.cat(parts, dim=2)


@mistake("MG322", "Leaves the weight on the CPU", hint="Input and weight have to be on the same device.")
def conv_by_tiles(x, weight, devices):
    k, parts = weight.shape[2], []
    for device, rows in zip(devices, range_parts(x.shape[2] - k + 1, len(devices))):
        tile = x[:, :, rows.start : rows.stop + k - 1].to(device)
        parts.append(nn.functional.conv2d(tile, weight).to(devices[0]))
    return torch.cat(parts, dim=2)


@mistake("MG323", "Leaves the parts where they are", hint="`cat` needs all parts on one device. Send them home first.")
def conv_by_tiles(x, weight, devices):
    k, parts = weight.shape[2], []
    for device, rows in zip(devices, range_parts(x.shape[2] - k + 1, len(devices))):
        tile = x[:, :, rows.start : rows.stop + k - 1].to(device)
        parts.append(nn.functional.conv2d(tile, weight.to(device)))
    return torch.cat(parts, dim=2)


@mistake("MG324", "Collects on the CPU", hint="Home is the first device of the list.")
def conv_by_tiles(x, weight, devices):
    k, parts = weight.shape[2], []
    for device, rows in zip(devices, range_parts(x.shape[2] - k + 1, len(devices))):
        tile = x[:, :, rows.start : rows.stop + k - 1].to(device)
        parts.append(nn.functional.conv2d(tile, weight.to(device)).cpu())
    return torch.cat(parts, dim=2)


@mistake("MG325", "Puts the parts side by side", hint="The parts are rows: they belong one below the other, along axis 2.")
def conv_by_tiles(x, weight, devices):
    k, parts = weight.shape[2], []
    for device, rows in zip(devices, range_parts(x.shape[2] - k + 1, len(devices))):
        tile = x[:, :, rows.start : rows.stop + k - 1].to(device)
        parts.append(nn.functional.conv2d(tile, weight.to(device)).to(devices[0]))
    return torch.cat(parts, dim=3)


@mistake("MG326", "Lets the first device do everything", hint="Each device of the list computes its part of the rows.")
def conv_by_tiles(x, weight, devices):
    return nn.functional.conv2d(x.to(devices[0]), weight.to(devices[0]))


@mistake("MG327", "Takes the width of the kernel for its height", hint="The rows depend on the height, `weight.shape[2]`.")
def conv_by_tiles(x, weight, devices):
    k, parts = weight.shape[3], []
    for device, rows in zip(devices, range_parts(x.shape[2] - k + 1, len(devices))):
        tile = x[:, :, rows.start : rows.stop + k - 1].to(device)
        parts.append(nn.functional.conv2d(tile, weight.to(device)).to(devices[0]))
    return torch.cat(parts, dim=2)


@mistake("MG353", "Cuts the rows as chunk does", hint="`chunk` makes equal parts and a short last one. `range_parts` makes the first parts longer by one.")
def conv_by_tiles(x, weight, devices):
    k = weight.shape[2]
    parts = []
    for device, rows in zip(devices, torch.arange(x.shape[2] - k + 1).chunk(len(devices))):
        tile = x[:, :, int(rows[0]) : int(rows[-1]) + k].to(device)
        parts.append(torch.nn.functional.conv2d(tile, weight.to(device)).to(devices[0]))
    return torch.cat(parts, dim=2)


@mistake("MG410", "Overlaps by the width of the kernel", hint="How many rows overlap depends on the height of the kernel, and not on its width.")
def conv_by_tiles(x, weight, devices):
    h = x.shape[2] - weight.shape[2] + 1
    k = weight.shape[3]
    outs = []
    for r, d in zip(torch.arange(h).tensor_split(len(devices)), devices):
        piece = x[:, :, int(r[0]) : int(r[-1]) + k]
        outs.append(nn.functional.conv2d(piece.to(d), weight.to(d)).to(devices[0]))
    return torch.cat(outs, 2)


@mistake("MG476", "Sends a row too many to each device", hint="*k* output rows need k − 1 rows more of the input, and not k. A device should get the rows that it needs and no others.")
def conv_by_tiles(x, weight, devices):
    k = weight.shape[2]
    parts = []
    for device, rows in zip(devices, range_parts(x.shape[2] - k + 1, len(devices))):
        tile = x[:, :, rows.start : rows.stop + k].to(device)
        parts.append(nn.functional.conv2d(tile, weight.to(device))[:, :, : len(rows)].to(devices[0]))
    return torch.cat(parts, dim=2)


@mistake("MG477", "Takes a device that stands in the list twice only once", hint="Device number i computes part number i, also if the same device stands in the list again.")
def conv_by_tiles(x, weight, devices):
    k, home = weight.shape[2], devices[0]
    devices = list(dict.fromkeys(str(device) for device in devices))
    parts = []
    for device, rows in zip(devices, range_parts(x.shape[2] - k + 1, len(devices))):
        tile = x[:, :, rows.start : rows.stop + k - 1].to(device)
        parts.append(nn.functional.conv2d(tile, weight.to(device)).to(home))
    return torch.cat(parts, dim=2)
