import torch

from grader import probe


@probe
def moved(augment, images):
    return augment(images, 0, torch.Generator().manual_seed(1))


def test_without_moving(student, same, expect, run):
    """With most = 0 a picture is mirrored, or it is as it was."""
    images = torch.arange(12.0).reshape(2, 1, 2, 3)
    found = expect(run(moved, student.augment, images), torch.Tensor)
    same(list(found.shape), [2, 1, 2, 3], "The shape")
    for got, picture in zip(found, images, strict=True):
        same(got, picture.flip(-1) if got[0, 0, 0] != picture[0, 0, 0] else picture, "A picture, mirrored perhaps")


@probe
def drawn(augment):
    pictures, generator = torch.zeros(64, 1, 2, 3), torch.Generator().manual_seed(1)
    pictures[..., 0] = 1.0
    common = torch.get_rng_state()
    bright_left = augment(pictures, 0, generator)[:, 0, 0, 0]
    moved = augment(torch.ones(64, 1, 3, 3), 1, generator)
    return {
        "both kinds occur": bool((bright_left == 1).any() and (bright_left == 0).any()),
        "zeros come in from outside": bool((moved == 0).any()),
        "all are moved alike": bool((moved == moved[0]).all()),
        "PyTorch's common generator is used": not torch.equal(common, torch.get_rng_state()),
    }


def test_many(student, same, run):
    """Of 64 pictures that are alike some are mirrored and others not; 64 bright ones are moved, and zeros come in."""
    due = {
        "both kinds occur": True,
        "zeros come in from outside": True,
        "all are moved alike": False,
        "PyTorch's common generator is used": False,
    }
    same(run(drawn, student.augment), due, "Of 64 pictures")
