from grader import probe
from grader.asking.words import count


@probe
def tried(largest_batch, most, limit):
    import math

    sizes = []

    def step(n):
        sizes.append(n)
        if n > most:
            raise torch.OutOfMemoryError(f"Tried to allocate {n} GiB")  # noqa: F821
        return 0.0  # such as a loss

    found = largest_batch(step, limit)
    return {
        "result": found,
        "only sizes from 1 to the limit": all(type(n) is int and 1 <= n <= limit for n in sizes),
        "few enough tries": len(sizes) <= 2 * math.log2(limit) + 3,
    }


@probe
def calls(largest_batch):
    return [(largest_batch, int, 5)]


def test_largest(student, same, run, untouched):
    """The largest size that works, or 0, found in few tries and never beyond the limit."""
    cases = [(3, 7)] + [
        (most, limit) for limit in (1, 2, 7, 64, 100, 5000) for most in (0, 1, 2, 3, 7, 8, 63, 64, 65, 99, 777, 9000)
    ]
    for most, limit in cases:
        due = {"result": min(most, limit), "only sizes from 1 to the limit": True, "few enough tries": True}
        same(run(tried, student.largest_batch, most, limit), due, f"{count(most, 'sample')} fit, the limit is {limit}")
    untouched(student.largest_batch, calls)


@probe
def broken(largest_batch, kind, at, words):
    def step(n):
        if n >= at:
            raise {"RuntimeError": RuntimeError, "ValueError": ValueError, "MemoryError": MemoryError}[kind](words)

    try:
        largest_batch(step, 100)
    except Exception as error:
        if str(error) == "largest_batch":  # the handout's own: nothing is written yet
            raise
        return {"it is passed on": type(error).__name__ == kind}
    return {"it is passed on": False}


def test_other_errors(student, same, run):
    """Any other exception is passed on."""
    for kind, at, words in (
        ("ValueError", 5, "shapes"),
        ("RuntimeError", 1, "shapes"),
        ("MemoryError", 2, ""),
        ("RuntimeError", 9, "the queue is out of memory"),
    ):
        due = {"it is passed on": True}
        same(run(broken, student.largest_batch, kind, at, words), due, f"When `step` raises a {kind}")
