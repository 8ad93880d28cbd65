def test_updates(student, reference, agree):
    """Each mode makes its number of steps, the smaller last batch included."""
    cases = [
        (mode, n, size, epochs)
        for mode in ("all", "single", "batch")
        for n, size, epochs in ((10, 4, 1), (12, 4, 3), (5, 8, 2), (60_000, 64, 10), (1, 1, 1))
    ]
    whole = [(mode, 7, 0, epochs) for mode in ("all", "single") for epochs in (1, 3)]  # a size that nobody looks at
    agree(student.updates, reference.updates, [*cases, *whole])


def test_other_modes_are_refused(student, refuses):
    """Any other mode raises ValueError."""
    refuses(student.updates, [("batches", 10, 4, 1), ("", 10, 4, 1), ("ALL", 3, 1, 2)], ValueError)


def test_running_means(student, reference, agree):
    """Each full window has its own mean; a rest at the end is not reported."""
    cases = {
        "windows of three": ([1.0, 2.0, 5.5, 4.0, 4.0, 1.0, 9.0, 3.0], 3),
        "windows of one": ([2.0, 5.0, 1.0], 1),
        "fewer losses than a window": ([2.0, 5.0], 4),
        "no rest": ([1.5, 2.5, 8.0, 0.0], 2),
    }
    agree(student.running_means, reference.running_means, cases, parts="window")
