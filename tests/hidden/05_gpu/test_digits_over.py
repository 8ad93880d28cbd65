import numpy as np
import torch

from grader import probe

MOST = 68  # bytes for each digit


def like_digits(rng, n):
    """Digits that are like those of the file and not the same: moved by a pixel, and drawn with other pressure."""
    stored, chosen = np.load("data/digits.npz"), torch.randint(0, 1797, (n,), generator=rng)
    x = torch.from_numpy(stored["images"])[chosen].int()
    pressed = (x + torch.randint(-1, 2, x.shape, generator=rng)).clamp(1, 16)
    places = torch.randint(-1, 2, (n, 2), generator=rng).tolist()
    moved = [one.roll(place, (0, 1)) for one, place in zip(torch.where(x > 0, pressed, 0), places, strict=True)]
    return torch.stack(moved).to(torch.uint8), torch.from_numpy(stored["labels"]).long()[chosen]


@probe
def sent(digits_over, images, labels):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True) as machine:
        before = machine.counts
        x, y = digits_over(images[3:], labels[3:], "cuda")
        found = machine.counts - before
        return {
            "where both are": [t.device.type for t in (x, y)],
            "x": x.cpu(),
            "y": y.cpu(),
            "bytes": found.host_to_device_bytes + found.device_to_host_bytes + 8 * found.operations,  # of commands
        }


def test_digits_arrive(student, same, expect, demand, draw, run, rng):
    """They arrive on the card with nothing lost, and 68 bytes or fewer cross the bus for each digit."""
    images, labels = like_digits(rng, 403)  # the first three stay where they are
    images = images.mT.contiguous().mT  # the numbers of each column follow each other in memory
    found = expect(run(sent, student.digits_over, images, labels), dict)
    same(found.get("where both are"), ["cuda", "cuda"], "The devices of x and y")
    same(found.get("x"), images[3:] / 16, "x, brought back")
    same(found.get("y"), labels[3:], "y, brought back")
    each = expect(found.get("bytes"), int) / len(images[3:])
    draw.quest("Bytes that cross the bus for each digit", each, student)
    demand(each <= MOST, f"For each digit {each:.1f} bytes cross the bus, and {MOST} are allowed.")


@probe
def sending(f, images, labels):
    return [(f, images, labels, "cuda"), (f, images, labels, "cpu")]


def test_leaves_nothing_behind(student, untouched, rng):
    """The digits stay as they were, and no random numbers, files or settings are touched."""
    untouched(student.digits_over, sending, *like_digits(rng, 300))
