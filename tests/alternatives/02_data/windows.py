import torch

from grader import alternative


@alternative("slices, stacked")
def windows(wave, size, step):
    starts = range(0, wave.shape[-1] - size + 1, step)
    return torch.stack([wave[..., s : s + size] for s in starts], dim=-2)


@alternative("a table of indexes")
def windows(wave, size, step):
    count = (wave.shape[-1] - size) // step + 1
    places = torch.arange(count)[:, None] * step + torch.arange(size)
    return wave[..., places]
