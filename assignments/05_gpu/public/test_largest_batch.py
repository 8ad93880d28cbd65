from grader import probe


@probe
def tried(largest_batch, most, limit):
    asked = []

    def step(n):
        asked.append(n)
        if n > most:
            raise torch.OutOfMemoryError("CUDA out of memory")  # noqa: F821

    return {"size": largest_batch(step, limit), "more than 16 calls": len(asked) > 16}


def test_thirteen(student, same, run):
    """A card that takes 13 samples, and one that takes more than the limit: 16 calls are allowed up to 100."""
    for most, due in ((13, 13), (500, 100)):
        found = run(tried, student.largest_batch, most, 100)
        same(found, {"size": due, "more than 16 calls": False}, f"{most} samples would fit, the limit is 100")


@probe
def broken(largest_batch):
    def step(n):
        raise RuntimeError("the shapes do not fit")

    try:
        return f"it returned {largest_batch(step, 4)}"
    except NotImplementedError:  # a RuntimeError as well: nothing is written yet
        raise
    except RuntimeError as error:
        return f"it raised: {error}"


def test_another_error(student, same, run):
    """A step whose shapes do not fit raises a RuntimeError, which is passed on."""
    same(run(broken, student.largest_batch), "it raised: the shapes do not fit", "For a step that is broken")
