import torch

from grader import mistake


@mistake("MD108", "Cuts the sound into windows that do not overlap", hint="The next window begins `step` samples after the one before, not `size`.")
def windows(wave, size, step):
    n = wave.shape[-1] // size
    return wave[..., : n * size].reshape(*wave.shape[:-1], n, size)


@mistake("MD109", "Takes size for step and step for size", hint="`unfold` takes the axis, then the size, then the step.")
def windows(wave, size, step):
    return wave.unfold(-1, step, size)


@mistake("MD110", "Loses the last whole window", hint="A window that ends exactly with the sound is whole. Check where your last one begins.")
def windows(wave, size, step):
    starts = range(0, max(wave.shape[-1] - size, 1), step)
    return torch.stack([wave[..., s : s + size] for s in starts], dim=-2)


@mistake("MD111", "Lays the windows over the channels", hint="Time is the last axis; with two channels it is not axis 0.")
def windows(wave, size, step):
    return wave.unfold(0, size, step)


@mistake("MD112", "Fills a last window up with zeros", hint="Only whole windows count; samples that do not fill one are left out.")
def windows(wave, size, step):
    rest = -(wave.shape[-1] - size) % step
    padded = torch.cat([wave, torch.zeros(*wave.shape[:-1], rest, dtype=wave.dtype)], dim=-1)
    return padded.unfold(-1, size, step)


@mistake("MD270", "Makes floats of the sound", hint="Sound files hold int16, and so should their windows: keep the dtype of the sound.")
def windows(wave, size, step):
    n = (wave.shape[-1] - size) // step + 1
    table = torch.zeros(*wave.shape[:-1], n, size)
    for w in range(n):
        table[..., w, :] = wave[..., w * step : w * step + size]
    return table


@mistake("MD322", "Takes the sound for contiguous", hint="A sound may be every second sample of a longer one, and then its neighbours are two places apart. Ask the tensor for its strides, or let `unfold` do it.")
def windows(wave, size, step):
    length = wave.shape[-1]
    n = (length - size) // step + 1
    if wave.dim() == 1:
        return torch.as_strided(wave, (n, size), (step, 1), wave.storage_offset())
    return torch.as_strided(wave, (wave.shape[0], n, size), (length, step, 1), wave.storage_offset())


@mistake("MD401", "Makes no step longer than a window", hint="With a step beyond the size there are gaps between the windows, and that is fine.")
def windows(wave, size, step):
    step = min(step, size)
    return wave.unfold(-1, size, step)
