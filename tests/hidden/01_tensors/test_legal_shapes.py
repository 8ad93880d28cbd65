def test_every_order(student, reference, agree):
    """Every shape is there, in every order of its sizes, with sizes of 1."""
    agree(student.legal_shapes, reference.legal_shapes, [(12, 2), (6, 2), (16, 2)], parts="size")


def test_every_rank(student, reference, agree):
    """Ranks other than 2 work as well."""
    agree(
        student.legal_shapes,
        reference.legal_shapes,
        {"rank 3": (12, 3), "rank 1": (8, 1), "rank 4": (8, 4), "a single element": (1, 3)},
        parts="size",
    )
