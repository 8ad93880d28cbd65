def test_both_kinds(student, reference, agree):
    """Each kind gives the draw of its family under the seed."""
    cases = {"uniform": ((3, 4), 1, "uniform"), "normal": ((50,), 2, "normal"), "normal again": ((50,), 2, "normal")}
    agree(student.init_weights, reference.init_weights, cases)


def test_other_kinds_are_refused(student, refuses):
    """Any other kind raises ValueError."""
    refuses(student.init_weights, [((2,), 0, "gamma"), ((2,), 0, "Normal")], ValueError)
