from grader import probe


def test_two_equal_draws(student, reference, agree):
    """Both draws of `twin_draws` have the numbers that the seed gives."""
    agree(
        student.twin_draws, reference.twin_draws, [(3, (2, 3)), (42, (4,)), (0, (2,))], parts="first draw, second draw"
    )


@probe
def own_memory(f, seed):
    a, b = f(seed, (3,))
    with torch.inference_mode():  # noqa: F821  (it may write into what was made in it, too)
        a += 1
    return not torch.equal(a, b)  # noqa: F821


def test_two_tensors(student, demand, run):
    """The two draws are two tensors: writing into one leaves the other alone."""
    demand(run(own_memory, student.twin_draws, 5), "Both draws are one and the same tensor.")


def test_a_series(student, reference, agree):
    """`stream` gives n different draws, the same series at every call."""
    agree(student.stream, reference.stream, {"seed 7": (7, 3), "seed 7 again": (7, 2), "seed 0": (0, 5)}, parts="draw")
