from grader import probe
from grader.asking.words import count

TOY = "On a toy machine, where a call returns after a second and a card works on behind its back"


@probe
def measured(timed, device, works, backlog, options):
    from unittest.mock import patch

    from grader import simulated_cuda

    # A toy machine: queuing takes 1 second of Python's time, then the card works on its own.
    now, free = [0.0], [backlog]
    seen = {"calls": 0, "clock readings": 0}
    on_cpu = device == "cpu"

    def fn():
        work = works[seen["calls"]] if seen["calls"] < len(works) else 1000.0
        seen["calls"] += 1
        now[0] += 1.0
        if on_cpu:
            now[0] += work
        else:
            free[0] = max(free[0], now[0]) + work

    def clock():
        seen["clock readings"] += 1
        return now[0]

    def number(device):
        index = device if isinstance(device, int) else torch.device(device or "cuda").index  # noqa: F821
        return torch.cuda.current_device() if index is None else index  # noqa: F821

    def synchronize(device=None):  # named as PyTorch names it: it may be called with the keyword
        if on_cpu:
            raise AssertionError("Torch not compiled with CUDA enabled")
        if number(device) == number(given):  # another card has nothing to do
            now[0] = max(now[0], free[0])

    given = device
    waiting = patch.object(torch.cuda, "synchronize", synchronize)  # noqa: F821
    with simulated_cuda(devices=2, join=True), torch.cuda.device(0), waiting:  # noqa: F821
        times = timed(fn, device, clock=clock, **options)
        stays = torch.cuda.current_device() == 0  # noqa: F821
    return {"seconds measured": times, **seen, "the current card is as before": stays}


@probe
def calls(timed):
    return [(timed, int, "cpu", 1, 2)]


def check_on(device, timed, same, run, rng):
    for warmup, repeats, backlog in ((2, 3, 0.0), (0, 2, 50.0), (1, 4, 5.0)):
        works = [float(100 - 20 * i if i < warmup else 5 + 3 * i) for i in range(warmup + repeats)]
        due = {
            "seconds measured": [1 + work for work in works[warmup:]],
            "calls": warmup + repeats,
            "clock readings": 2 * repeats,
            "the current card is as before": True,
        }
        found = run(measured, timed, device, works, backlog, {"warmup": warmup, "repeats": repeats})
        same(
            found,
            due,
            f"{TOY}, {count(warmup, 'call')} to warm up and {repeats} measured on {device}",
            parts={"seconds measured": "call"},
        )


def test_on_a_card(student, same, run, rng):
    """Each time runs from an idle card to finished work, also on the second; the first calls are thrown away."""
    check_on("cuda", student.timed, same, run, rng)
    check_on("cuda:1", student.timed, same, run, rng)


def test_on_the_cpu(student, same, run, untouched, rng):
    """On the CPU the times are right as well, and the card is never asked."""
    check_on("cpu", student.timed, same, run, rng)
    untouched(student.timed, calls)


def test_defaults(student, same, run):
    """Without further arguments: 3 calls to warm up, 10 measured."""
    works = [100.0] * 3 + [float(i) for i in range(10)]
    due = {
        "seconds measured": [1.0 + i for i in range(10)],
        "calls": 13,
        "clock readings": 20,
        "the current card is as before": True,
    }
    same(
        run(measured, student.timed, "cuda:0", works, 0.0, {}),
        due,
        f"{TOY}, with the default numbers of calls",
        parts={"seconds measured": "call"},
    )
