from grader import probe


@probe
def on_the_cpu(timed):
    now = [0.0]

    def fn():
        now[0] += 2.0

    return timed(fn, "cpu", 1, 3, lambda: now[0])


def test_three_calls(student, same, run):
    """A function that takes 2 seconds on the CPU, measured three times with a toy clock."""
    same(run(on_the_cpu, student.timed), [2.0, 2.0, 2.0], "The times")
