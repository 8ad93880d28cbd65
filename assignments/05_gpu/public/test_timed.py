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


@probe
def on_a_card(timed):
    from unittest.mock import patch

    now, free = [0.0], [7.0]  # what others have queued keeps the card busy until 7

    def fn():  # is queued at once, and takes 2 seconds when its turn comes
        free[0] = max(free[0], now[0]) + 2.0

    def synchronize(device=None):
        now[0] = max(now[0], free[0])

    with patch.object(torch.cuda, "synchronize", synchronize):  # noqa: F821
        return timed(fn, "cuda", 0, 3, lambda: now[0])


def test_on_a_card(student, same, run):
    """The same on a toy card, which is busy for 7 seconds with the work of others."""
    same(run(on_a_card, student.timed), [2.0, 2.0, 2.0], "The times on a card")
