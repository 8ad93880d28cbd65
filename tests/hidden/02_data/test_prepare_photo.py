import torch

from grader.asking.tolerances import Tolerance

MEADOW, LEAF, MUG = (f"data/images/{name}.png" for name in ("meadow", "leaf", "mug"))
MEAN, STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]

# PIL and tensors resize 8-bit pictures with roundings of their own, up to one level of 255; a normalisation with a
# std of at least 0.2 makes five times as much of it
ONE_LEVEL = Tolerance(0.0, 1.01 / 255)
FIVE_LEVELS = Tolerance(0.0, 5.05 / 255)


def test_without_statistics(student, reference, agree):
    """Without statistics: shorter side, square in the middle, values 0…1, three channels, a batch of one."""
    cases = {
        "a wide photograph": (MEADOW, 45, 40),
        "a wide photograph, another size": (MEADOW, 64, 64),
        "a file with alpha": (LEAF, 48, 32),
        "an odd number of rows left over": (MEADOW, 48, 45),
    }
    agree(student.prepare_photo, reference.prepare_photo, cases, tolerance=ONE_LEVEL)


def test_resized_as_bytes(student, reference, agree, expect, demand):
    """The picture is resized while it is 8-bit: without statistics all values are whole numbers of 255ths."""
    agree(student.prepare_photo, reference.prepare_photo, [(MEADOW, 50, 50), (MUG, 30, 28)], tolerance=ONE_LEVEL)
    levels = 255 * expect(student.prepare_photo(MEADOW, 50, 50), torch.Tensor).double()
    between = float((levels - levels.round()).abs().max())
    demand(between < 0.01, "Some values lie between two levels of an 8-bit picture: it was resized as floats.")


def test_with_statistics(student, reference, agree):
    """With statistics: normalised with them."""
    cases = {
        "a wide photograph": (MEADOW, 60, 48, MEAN, STD),
        "a square photograph": (MUG, 50, 44, MEAN, STD),
        "other statistics": (MUG, 50, 44, [0.5, 0.4, 0.3], [0.5, 0.6, 0.7]),
    }
    agree(student.prepare_photo, reference.prepare_photo, cases, tolerance=FIVE_LEVELS)
