import torch

from grader import probe


@probe
def crop(f, image, size):
    return f(image, size, torch.Generator().manual_seed(0))


@probe
def places(f, image, size, times):
    generator = torch.Generator().manual_seed(0)
    return sorted({int(f(image, size, generator)[0, 0, 0]) for _ in range(times)})


def test_a_window(student, same, expect, run):
    """A window of 2×2 out of 2×2 is the picture itself; out of 3×3 it has the right shape."""
    image = torch.arange(9).reshape(1, 3, 3)
    same(run(crop, student.random_crop, image[:, :2, :2], 2), image[:, :2, :2], "random_crop of a 2×2 picture")
    window = expect(run(crop, student.random_crop, image, 2), torch.Tensor)
    same(tuple(window.shape), (1, 2, 2), "The shape of a window of 2×2 out of 3×3")


def test_every_place(student, same, run):
    """Of 100 windows of 2×2 out of 3×3, some begin at each of the four places: 0, 1, 3 and 4."""
    image = torch.arange(9).reshape(1, 3, 3)
    same(run(places, student.random_crop, image, 2, 100), [0, 1, 3, 4], "The first numbers of 100 windows")
