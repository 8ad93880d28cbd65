from concurrent.futures import ThreadPoolExecutor

import torch

from grader import alternative


@alternative("into an empty result")
def conv_by_tiles(x, weight, devices):
    n, _, height, width = x.shape
    out, _, k, l = weight.shape
    rows = height - k + 1
    result = torch.empty(n, out, rows, width - l + 1, dtype=x.dtype, device=devices[0])
    for part, device in zip(range_parts(rows, len(devices)), devices):
        first, last = part[0], part[-1]
        tile = x[:, :, first : last + k].to(device)
        result[:, :, first : last + 1] = torch.conv2d(tile, weight.to(device))
    return result


@alternative("moves once, with arithmetic of its own")
def conv_by_tiles(x, weight, devices):
    k = weight.size(2)
    rows, count = x.size(2) - k + 1, len(devices)
    begin, parts = 0, []
    for i, device in enumerate(devices):
        size = rows // count + (1 if i < rows % count else 0)
        part = torch.nn.functional.conv2d(x.narrow(2, begin, size + k - 1).to(device), weight.to(device))
        parts.append(part.to(devices[0]))
        begin += size
    return torch.cat(parts, 2)


@alternative("a thread for each device")
def conv_by_tiles(x, weight, devices):
    k = weight.shape[2]
    shares = range_parts(x.shape[2] - k + 1, len(devices))

    def work(device, rows):
        tile = x[:, :, rows.start : rows.stop + k - 1].to(device)
        return torch.nn.functional.conv2d(tile, weight.to(device))

    with ThreadPoolExecutor(len(devices)) as pool:
        parts = list(pool.map(work, devices, shares))
    return torch.cat([part.to(devices[0]) for part in parts], dim=2)


@alternative("the weight once for each device")
def conv_by_tiles(x, weight, devices):
    k, home = weight.shape[2], torch.device(devices[0])
    sent = {torch.device(device): weight.to(device) for device in set(map(torch.device, devices))}
    parts = []
    for device, rows in zip(map(torch.device, devices), range_parts(x.shape[2] - k + 1, len(devices))):
        tile = x[:, :, rows.start : rows.stop + k - 1].to(device)
        parts.append(torch.nn.functional.conv2d(tile, sent[device]).to(home))
    return torch.cat(parts, dim=2)
