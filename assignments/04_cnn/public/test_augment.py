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
