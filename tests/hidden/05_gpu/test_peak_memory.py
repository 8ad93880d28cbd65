from grader import probe
from grader.asking.words import count


@probe
def measured(peak_memory, n, device, before, kept, elsewhere):
    import contextlib
    import functools
    from unittest.mock import patch

    from grader import simulated_cuda

    cuda = torch.cuda  # noqa: F821
    other = "cuda:0" if device == "cuda:1" else "cuda:1"
    calls, stays = [], []

    def beyond(left, true, device=None):  # named as PyTorch names it: it may be called with the keyword
        index = device if isinstance(device, int) else torch.device(device or "cuda").index  # noqa: F821
        index = cuda.current_device() if index is None else index
        return true(device) - left[f"cuda:{index}"]

    def stats(left, true, device=None):
        found, index = dict(true(device)), cuda.current_device() if device is None else device
        index = index if isinstance(index, int) else torch.device(index).index or 0  # noqa: F821
        for name in ("allocated_bytes.all.current", "allocated_bytes.all.peak"):
            found[name] -= left[f"cuda:{index}"]
        return found

    def fn():
        calls.append(1)
        a = torch.ones(n, device=device)  # noqa: F821
        b = a + 1
        del a
        torch.ones(elsewhere, device=other)  # noqa: F821
        if kept:
            stays.append(b)
        return b * 2

    with simulated_cuda(devices=2, join=True), cuda.device(0), contextlib.ExitStack() as stack:
        # What the notebook has left on the cards is not to be seen, so that the same code finds the same numbers.
        left = {name: cuda.memory_allocated(name) for name in ("cuda:0", "cuda:1")}
        for name in left:
            cuda.reset_peak_memory_stats(name)
        for function in ("memory_allocated", "max_memory_allocated"):
            fake = functools.partial(beyond, left, getattr(cuda, function))
            stack.enter_context(patch.object(cuda, function, fake))
        stack.enter_context(patch.object(cuda, "memory_stats", functools.partial(stats, left, cuda.memory_stats)))
        torch.ones(before, device=device)  # a peak of before the call  # noqa: F821
        occupied = torch.ones(before // 2, device=device)  # noqa: F821
        found = peak_memory(fn, device)
        del occupied
        return {"bytes": found, "calls": len(calls), "the current card is as before": cuda.current_device() == 0}


@probe
def quiet(peak_memory):
    return [(peak_memory, int, "cuda")]


def test_worst_moment(student, same, run, untouched):
    """The bytes of the worst moment beyond what was there before, on either card, with one call."""
    for n, device, before, kept, elsewhere in (  # whole blocks of 512 bytes, which is what a card hands out
        (1024, "cuda:0", 8, False, 1),
        (512, "cuda:1", 4000, True, 1),
        (640, "cuda:0", 9000, True, 50_000),
        (256, "cuda:1", 2, False, 20_000),
    ):
        due = {"bytes": 8 * n, "calls": 1, "the current card is as before": True}
        found = run(measured, student.peak_memory, n, device, before, kept, elsewhere)
        same(found, due, f"A function that needs two tensors of {count(n, 'float')} at a time on {device}")
    untouched(student.peak_memory, quiet)
