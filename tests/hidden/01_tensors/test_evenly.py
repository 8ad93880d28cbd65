def test_end_is_left_out(student, reference, agree):
    """The series begins at start and ends below stop."""
    agree(
        student.evenly,
        reference.evenly,
        [(0, 10, 1), (2, 11, 3), (0.5, 3.0, 0.25), (0, 1, 0.4), (0, 2.0, 0.75), (5, 6, 9)],
    )


def test_rounding_does_not_bring_the_end_back(student, reference, agree):
    """Steps of a tenth end below stop as well."""
    agree(
        student.evenly,
        reference.evenly,
        [(1, 1.3, 0.1), (-3, -2.7, 0.1), (0, 0.5, 0.1), (0, 1, 0.1), (0, 2, 0.1), (-1, 0, 0.1), (-0.7, 0, 0.1)],
    )


def test_always_float32(student, reference, agree):
    """The numbers are float32, also when all three arguments are ints."""
    agree(student.evenly, reference.evenly, {"ints": (-3, 3, 2), "mixed numbers": (1, 4.5, 1)})


def test_numbers_near_the_end_stay(student, reference, agree):
    """A number that is clearly below stop is not left out, however large both are."""
    agree(
        student.evenly,
        reference.evenly,
        [
            (99_998, 100_000, 0.5),
            (49_999, 50_000, 0.25),
            (999_990, 1_000_000, 0.5),
            (4_999_998, 5_000_000, 0.5),
            (0, 0.0005, 0.00008),
            (0, 0.00025, 0.00002),
        ],
    )
