import torch

from grader import alternative


@alternative("bytes for the numbers, and bytes for the labels")
def digits_over(images, labels, device):
    return images.to(device) / 16, labels.to(torch.uint8).to(device).long()


@alternative("one buffer of bytes")
def digits_over(images, labels, device):
    sent = torch.cat([images.flatten(1), labels.to(torch.uint8)[:, None]], dim=1).to(device)
    return sent[:, :-1].reshape(images.shape).float().div(16), sent[:, -1].to(torch.int64)


@alternative("a bit for each place with ink, and half a byte for each number that is not 0")
def digits_over(images, labels, device):
    n, flat, powers = len(images), images.reshape(-1), torch.arange(8)
    ink = flat > 0
    bits = (ink.view(-1, 8).long() << powers).sum(dim=1).to(torch.uint8)
    values = torch.cat([flat[ink] - 1, labels.to(torch.uint8), torch.zeros(1, dtype=torch.uint8)])
    values = values[: len(values) // 2 * 2]
    sent = torch.cat([bits, values[::2] | (values[1::2] << 4)]).to(device)
    bits, halves = sent[: 8 * n], sent[8 * n :]
    there = (bits[:, None].long() >> torch.arange(8, device=device) & 1).view(-1)
    values = torch.stack([halves & 15, halves >> 4], dim=1).view(-1)
    x = torch.where(there > 0, values[(there.cumsum(0) - 1).clamp(min=0)].float() + 1, 0.0)
    many = int(ink.sum())
    return x.view(n, 8, 8) / 16, values[many : many + n].long()
