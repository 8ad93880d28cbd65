def test_fresh_tensors(student, reference, agree):
    """Without a permutation the strides are those of a contiguous tensor."""
    agree(
        student.predict_strides,
        reference.predict_strides,
        [((3, 4, 5), (0, 1, 2)), ((7,), (0,)), ((2, 6), (0, 1)), ((3, 1, 5), (0, 1, 2)), ((4, 1), (0, 1))],
        parts="stride",
    )


def test_permuted(student, reference, agree):
    """A permutation of the axes permutes the strides."""
    cases = [
        ((3, 4, 5), (2, 1, 0)),
        ((2, 3, 4), (1, 2, 0)),
        ((6, 2), (1, 0)),
        ((2, 3, 4, 5), (3, 0, 2, 1)),
        ((1, 4, 3), (1, 0, 2)),
    ]
    agree(student.predict_strides, reference.predict_strides, cases, parts="stride")
