import torch

from grader import probe


@probe
def crop(f, image, size):
    return f(image, size, torch.Generator().manual_seed(0))


def test_a_window(student, same, expect, run):
    """A window of 2×2 out of 2×2 is the picture itself; out of 3×3 it has the right shape."""
    image = torch.arange(9).reshape(1, 3, 3)
    same(run(crop, student.random_crop, image[:, :2, :2], 2), image[:, :2, :2], "random_crop of a 2×2 picture")
    window = expect(run(crop, student.random_crop, image, 2), torch.Tensor)
    same(tuple(window.shape), (1, 2, 2), "The shape of a window of 2×2 out of 3×3")
