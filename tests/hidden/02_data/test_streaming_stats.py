import torch

from grader import probe


def batches(rng, *sizes, channels=3):
    base = torch.linspace(0.2, 0.8, len(sizes)).tolist()
    return [m + 0.3 * torch.rand(n, channels, 4, 5, generator=rng) for m, n in zip(base, sizes, strict=True)]


def flat(rng, value, side, *sizes):
    """Batches whose second channel is one value everywhere: mean of squares and square of mean round differently."""
    given = [0.1 + 0.3 * torch.rand(n, 3, *side, generator=rng) for n in sizes]
    for batch in given:
        batch[:, 1] = value
    return given


def test_all_values_count_alike(student, reference, agree, rng):
    """Mean and spread are those of all values together, also with a smaller last batch."""
    cases = {
        "a smaller last batch": (batches(rng, 4, 4, 1),),
        "grey pictures": (batches(rng, 3, 2, channels=1),),
        "a channel of one grey": (flat(rng, 0.91, (3, 3), 3, 5, 2),),
        "a channel of another grey": (flat(rng, 0.83, (7, 7), 2),),
        "a channel of a third grey": (flat(rng, 180 / 255, (5, 7), 5, 4),),
        "one batch": (batches(rng, 5),),
    }
    agree(
        student.streaming_stats,
        reference.streaming_stats,
        cases,
        parts="mean, standard deviation",
        layouts=["sliced", "expanded"],
        single=[3],
    )


@probe
def from_generator(f, batches):
    return f(batch for batch in batches)


def test_one_pass(student, reference, same, run, rng):
    """The batches may come from a generator, which can be gone through once."""
    given = batches(rng, 3, 3, 2)
    got = run(from_generator, student.streaming_stats, given)
    same(got, reference.streaming_stats(given), "For batches from a generator", parts="mean, standard deviation")


@probe
def memory_held(f):
    import gc

    def held():
        objects = (one for one in gc.get_objects() if type(one) is torch.Tensor)
        tensors = [one for one in objects if one.layout is torch.strided and one.device.type == "cpu"]
        return sum({t.untyped_storage().data_ptr(): t.untyped_storage().nbytes() for t in tensors}.values())

    def stream():
        for i in range(40):
            yield torch.linspace(0, 1 + i, 2 * 3 * 16 * 16).reshape(2, 3, 16, 16)
        found.append(held())

    found = [held()]
    mean, _ = f(stream())
    return {"means": len(mean), "memory for less than 20 batches": found[1] - found[0] < 20 * 4 * 2 * 3 * 16 * 16}


def test_keeps_no_batch(student, same, run):
    """However many batches come, only a few are in memory at the same time."""
    due = {"means": 3, "memory for less than 20 batches": True}
    same(run(memory_held, student.streaming_stats), due, "After 40 batches")


def test_far_from_zero(student, reference, agree, rng):
    """A spread of 1 around a large mean comes out right."""
    near = [torch.randn(n, 2, 6, 6, generator=rng) for n in (3, 4)]
    cases = {
        "numbers in the thousands": ([t + 3000 for t in near],),
        "numbers far below zero": ([t - 700 for t in near],),
    }
    agree(student.streaming_stats, reference.streaming_stats, cases, parts="mean, standard deviation")
