import numpy as np
import torch


def digits(name):
    return torch.from_numpy(np.load("data/digits.npz")[name][1500:])


def reader():
    return [torch.from_numpy(np.load("data/reader.npz")[name]) for name in ("w1", "w2", "b1", "b2")]


def network(rng, pixels, hidden, outputs):
    sizes = ((pixels, hidden), (hidden, outputs), (1, hidden), (1, outputs))
    return tuple(torch.randn(size, generator=rng) for size in sizes)


def test_digits_that_it_has_not_seen(student, reference, agree, demand):
    """With the weights of `data/reader.npz` it reads new digits, at least nine in ten of them."""
    images, labels, weights = digits("images"), digits("labels"), reader()
    agree(
        student.read_digits,
        reference.read_digits,
        [(images[:99], *weights), (images[99:100], *weights), (images, *weights)],
    )
    share = float((student.read_digits(images, *weights) == labels).float().mean())
    demand(share > 0.9, "Of the digits that the network has not seen, fewer than nine in ten are read.")


def test_other_networks(student, reference, agree, rng):
    """Pictures and networks may have other sizes, and the weights other values."""
    cases = {}
    for n, rows, columns, hidden, outputs in (
        (6, 3, 5, 4, 3),
        (1, 4, 2, 1, 5),
        (5, 2, 2, 4, 4),
        (4, 4, 4, 6, 2),
        (16, 2, 8, 3, 6),
    ):
        images = torch.randint(0, 17, (n, rows, columns), generator=rng, dtype=torch.uint8)
        cases[f"{n} of {rows}×{columns}, {outputs} outputs"] = (images, *network(rng, rows * columns, hidden, outputs))
    agree(student.read_digits, reference.read_digits, cases, layouts=["sliced", "expanded"])


def test_pixels_of_sixteen(student, reference, agree):
    """16 is a full pixel and 8 one half: a network that knows one shade of grey finds it."""
    shades = torch.arange(11, dtype=torch.uint8).view(11, 1, 1)
    w1, b1 = torch.full((1, 2), 300.0), torch.tensor([[-300 * 0.485, -300 * 0.515]])
    w2, b2 = torch.tensor([[-5.0, 5.0], [5.0, -5.0]]), torch.tensor([[2.5, -2.5]])
    agree(student.read_digits, reference.read_digits, [(shades, w1, w2, b1, b2), (shades[7:9], w1, w2, b1, b2)])
