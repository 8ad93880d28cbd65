def test_end_is_left_out(student, reference, agree):
    """The series begins at start and ends below stop."""
    agree(student.evenly, reference.evenly, [(0, 10, 1), (2, 11, 3), (0.5, 3.0, 0.25)])


def test_always_float32(student, reference, agree):
    """The numbers are float32, also when all three arguments are ints."""
    agree(student.evenly, reference.evenly, {"ints": (-3, 3, 2), "mixed numbers": (1, 4.5, 1)})
