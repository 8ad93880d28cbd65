from grader import probe


@probe
def drawn_twice(f, shape, seed, kind):
    first = f(shape, seed, kind)
    before = first.clone()
    with torch.inference_mode():  # noqa: F821  (it may write into what was made in it, too)
        first += 1
    return torch.equal(f(shape, seed, kind), before)  # noqa: F821


def test_a_new_tensor_at_every_call(student, demand, run):
    """What is written into the weights does not show in those of the next call."""
    for kind in ("uniform", "normal"):
        kept = run(drawn_twice, student.init_weights, (2, 3), 5, kind)
        demand(kept, "After the first weights were changed, the same arguments give other numbers.")


def test_both_kinds(student, reference, agree):
    """Each kind gives the draw of its family under the seed."""
    cases = {"uniform": ((3, 4), 1, "uniform"), "normal": ((50,), 2, "normal"), "normal again": ((50,), 2, "normal")}
    cases |= {"the other kind": ((50,), 2, "uniform"), "no axes": ((), 4, "normal")}
    agree(student.init_weights, reference.init_weights, cases)


def test_other_kinds_are_refused(student, refuses):
    """Any other kind raises ValueError."""
    refuses(student.init_weights, [((2,), 0, "gamma"), ((2,), 0, "Normal")], ValueError)
