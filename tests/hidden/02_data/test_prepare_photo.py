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
    }
    agree(student.prepare_photo, reference.prepare_photo, cases, tolerance=ONE_LEVEL)


def test_with_statistics(student, reference, agree):
    """With statistics: normalised with them."""
    cases = {
        "a wide photograph": (MEADOW, 60, 48, MEAN, STD),
        "a square photograph": (MUG, 50, 44, MEAN, STD),
        "other statistics": (MUG, 50, 44, [0.5, 0.4, 0.3], [0.5, 0.6, 0.7]),
    }
    agree(student.prepare_photo, reference.prepare_photo, cases, tolerance=FIVE_LEVELS)
