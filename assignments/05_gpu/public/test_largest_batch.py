from grader import probe


@probe
def tried(largest_batch, most, limit):
    def step(n):
        if n > most:
            raise torch.OutOfMemoryError("CUDA out of memory")  # noqa: F821

    return largest_batch(step, limit)


def test_thirteen(student, same, run):
    """A card that takes 13 samples, and one that takes more than the limit."""
    same(run(tried, student.largest_batch, 13, 100), 13, "13 samples fit, the limit is 100")
    same(run(tried, student.largest_batch, 500, 100), 100, "500 samples would fit, the limit is 100")
