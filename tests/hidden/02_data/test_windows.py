import torch


def test_one_channel(student, reference, agree, rng):
    """Every whole window is there, `step` samples after the one before it, in the dtype of the sound."""
    wave = torch.rand(23, generator=rng)
    cases = {
        "windows that overlap": (wave, 6, 4),
        "windows with gaps": (wave, 3, 5),
        "windows that fill the sound exactly": (wave[:21], 9, 3),
        "one window": (wave[:7], 7, 2),
        "int16": (torch.randint(-9000, 9000, (12,), generator=rng, dtype=torch.int16), 5, 2),
        "windows of one": (wave, 1, 7),
    }
    agree(student.windows, reference.windows, cases, dtypes="any", layouts=["sliced", "expanded"])


def test_two_channels(student, reference, agree, rng):
    """A sound of several channels gives windows per channel: (C, W, size)."""
    agree(
        student.windows,
        reference.windows,
        [
            (torch.randn(2, 15, generator=rng), 4, 3),
            (torch.rand(3, 9, generator=rng), 3, 2),
            (torch.rand(4, 4, generator=rng), 2, 1),
            (torch.rand(2, 1, generator=rng), 1, 1),
        ],
        layouts=["sliced", "expanded"],
        single=[0],
    )
