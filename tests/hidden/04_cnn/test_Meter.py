from grader import probe


@probe
def apart(meter):
    one, other = meter("one"), meter("other")
    one.add(3.0, 2)
    before = other.mean()
    other.add(5.0, 1)
    found = [one.name, other.name, one.mean(), before, other.mean()]
    one.reset()  # what a class keeps for all its meters is not to show in the next check
    return found


@probe
def calls(meter):
    one = meter("loss")
    return [(one.add, 0.5, 3), (one.mean,), (repr, one), (one.reset,)]


def test_two_meters(student, same, run, untouched):
    """Two meters know nothing of each other; a meter changes nothing but itself."""
    same(
        run(apart, student.Meter),
        ["one", "other", 3.0, 0.0, 5.0],
        "Of two meters",
        parts="name of one, name of the other, mean of one, mean of the other while it is empty, mean of the other",
    )
    untouched(student.Meter, calls, but=["arguments"])


@probe
def means(meter, groups):
    one = meter("loss")
    found = [one.mean()]
    for value, n in groups:
        one.add(value, n)
        found.append(one.mean())
    one.add(7.5)
    return [*found, one.mean()]


def test_mean(student, same, run):
    """The mean counts every sample once; without samples it is 0.0, and a group without a size is one sample."""
    due = [0.0, 3.0, 2.25, 1.5, 2.0]
    same(
        run(means, student.Meter, [(3.0, 4), (1.5, 4), (0.0, 4)]),
        [*due[:4], 25.5 / 13],
        "Before and after each group",
        parts="mean",
    )


@probe
def emptied(meter):
    one = meter("error")
    one.add(3.0, 2)
    one.reset()
    found = [one.name, one.mean()]
    one.add(1.0, 5)
    return [*found, one.mean()]


def test_reset(student, same, run):
    """After `reset` it begins anew, under the same name."""
    same(
        run(emptied, student.Meter), ["error", 0.0, 1.0], "After `reset`", parts="name, mean, mean after another group"
    )


@probe
def printed(meter):
    one = meter("accuracy")
    if type(one).__repr__ is object.__repr__:
        return ["no `__repr__` of its own"] * 3
    found = [repr(one)]
    for value, n in ((0.5, 1), (0.66666, 2)):
        one.add(value, n)
        found.append(repr(one))
    return found


def test_repr(student, same, run):
    """Printed, it reads name, mean with four decimals, and number of samples."""
    due = ["accuracy: 0.0000 (0 samples)", "accuracy: 0.5000 (1 samples)", "accuracy: 0.6111 (3 samples)"]
    parts = "empty meter, meter with one sample, meter with three samples"
    same(run(printed, student.Meter), due, "What `repr` gives", parts=parts)
