import torch

from grader.asking.through import through
from grader.asking.tolerances import Tolerance

MEADOW, LEAF, MUG = (f"data/images/{name}.png" for name in ("meadow", "leaf", "mug"))
MEAN, STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]

# PIL and tensors resize 8-bit pictures with roundings of their own, up to two levels of 255; a normalisation with a
# std of at least 0.2 makes five times as much of it
TWO_LEVELS = Tolerance(0.0, 2.01 / 255)
TEN_LEVELS = Tolerance(0.0, 10.05 / 255)


def upright(prepare, path, resize, crop):
    """A photograph that stands."""
    import tempfile
    from pathlib import Path

    from PIL import Image

    turned = str(Path(tempfile.mkdtemp(), "upright.png"))
    with Image.open(path) as photo:
        photo.transpose(Image.Transpose.ROTATE_90).save(turned)
    return prepare(turned, resize, crop)


def test_without_statistics(student, reference, agree):
    """Without statistics: shorter side, square in the middle, values 0…1, three channels, a batch of one."""
    cases = {
        "a wide photograph": (MEADOW, 54, 48),
        "a wide photograph, another size": (MEADOW, 72, 72),
        "a file with alpha": (LEAF, 48, 32),
    }
    agree(student.prepare_photo, reference.prepare_photo, cases, tolerance=TWO_LEVELS)
    standing = {"an upright photograph": (MEADOW, 54, 48), "another size of it": (MEADOW, 36, 30)}
    given, due = through(upright, student.prepare_photo), through(upright, reference.prepare_photo)
    agree(given, due, standing, tolerance=TWO_LEVELS)


def test_resized_as_bytes(student, reference, agree, expect, demand):
    """The picture is resized while it is 8-bit: without statistics all values are whole numbers of 255ths."""
    agree(student.prepare_photo, reference.prepare_photo, [(MEADOW, 50, 50), (MUG, 30, 28)], tolerance=TWO_LEVELS)
    levels = 255 * expect(student.prepare_photo(MEADOW, 50, 50), torch.Tensor).double()
    between = float((levels - levels.round()).abs().max())
    demand(between < 0.01, "Some values lie between two levels of an 8-bit picture: it was resized as floats.")


def test_with_statistics(student, reference, agree):
    """With statistics: normalised with them."""
    cases = {
        "a wide photograph": (MEADOW, 60, 48, MEAN, STD),
        "a square photograph": (MUG, 50, 44, MEAN, STD),
        "other statistics": (MUG, 50, 44, [0.5, 0.4, 0.3], [0.5, 0.6, 0.7]),
        "means of 0": (MUG, 50, 44, [0.0, 0.0, 0.0], [0.5, 0.5, 0.5]),
    }
    agree(student.prepare_photo, reference.prepare_photo, cases, tolerance=TEN_LEVELS)
