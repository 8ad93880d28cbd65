import torch

from grader import probe
from grader.asking.through import through
from grader.asking.variations import DTYPES
from grader.asking.words import count


@probe
def epochs(shuffled_batches, x, y, size, device):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True) as machine:
        there_x, there_y = x.to(device), y.to(device)
        before = machine.counts
        found = [list(shuffled_batches(there_x, there_y, size)) for _ in range(2)]
        counts = machine.counts - before
        home = [[(a.cpu(), b.cpu()) for a, b in batches] for batches in found]
        return {
            "devices": sorted({str(t.device) for batches in found for pair in batches for t in pair}),
            "sizes": [[len(a) for a, b in batches] for batches in home],
            "rows": [sorted(torch.cat([torch.hstack((a, b)) for a, b in batches]).tolist()) for batches in home],
            "in the given order": [torch.equal(torch.cat([a for a, _ in batches]), x) for batches in home],
            "the same order twice": torch.equal(*(torch.cat([a for a, _ in batches]) for batches in home)),
            "x and y stay": torch.equal(there_x.cpu(), x) and torch.equal(there_y.cpu(), y),
            "copies that crossed": counts.host_to_device + counts.device_to_host + counts.device_to_device,
            "times that Python waited": counts.synchronising_reads + counts.synchronisations,
        }


def test_epochs(student, reference, same, run, agree, untouched, rng):
    """Every sample comes once with its own y, in a new order, on its device; nothing crosses, nothing waits."""
    for n, size, device in ((50, 8, "cuda:1"), (40, 40, "cuda:0"), (30, 7, "cpu")):
        x, y = torch.rand(n, 2, generator=rng), torch.rand(n, 1, generator=rng)
        due = {
            "devices": [device],
            "sizes": [[min(size, n - i) for i in range(0, n, size)]] * 2,
            "rows": [sorted(torch.hstack((x, y)).tolist())] * 2,
            # by chance once in 30! epochs
            "in the given order": [False, False],
            "the same order twice": False,
            "x and y stay": True,
            "copies that crossed": 0,
            "times that Python waited": 0,
        }
        found = run(epochs, student.shuffled_batches, x, y, size, device)
        same(
            found,
            due,
            f"Two epochs of {count(n, 'sample')} in batches of {size} on {device}",
            parts={"sizes": "epoch: batch", "rows": "epoch: row: number", "in the given order": "epoch"},
        )
    x = torch.rand(7, 7, generator=rng)
    agree(
        through(plain, student.shuffled_batches),
        through(plain, reference.shuffled_batches),
        {
            "samples of seven numbers": (x, torch.arange(7), 3),
            "pictures": (torch.rand(4, 1, 2, 3, generator=rng), torch.arange(4)[:, None], 2),
            "one sample": (torch.rand(1, 3, generator=rng), torch.arange(1), 2),
            "two samples": (torch.rand(2, 1, generator=rng), torch.arange(2), 1),
            "single numbers that record a graph": (torch.rand(3, generator=rng).requires_grad_(), torch.arange(3), 2),
        },
        layouts=("sliced", "expanded"),
        dtypes=[*DTYPES["any"], torch.bfloat16],
    )
    untouched(student.shuffled_batches, calls, x, torch.arange(7), but=["random numbers"])


def plain(shuffled_batches, x, y, size):
    batches = list(shuffled_batches(x, y, size))
    order = torch.cat([b for _, b in batches]).flatten().argsort()
    return torch.cat([a for a, _ in batches])[order]


@probe
def calls(shuffled_batches, x, y):
    return [(lambda x, y, size: list(shuffled_batches(x, y, size)), x, y, 2)]


@probe
def one_at_a_time(shuffled_batches, x):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True):
        there = x.to("cuda")
        torch.cuda.reset_peak_memory_stats()
        occupied = torch.cuda.memory_allocated()
        for _ in shuffled_batches(there, there, 1):
            pass
        # the order takes 8 bytes for each sample of 512
        return torch.cuda.max_memory_allocated() - occupied < x.nbytes // 2


def test_one_at_a_time(student, demand, run, rng):
    """A batch is cut out when it is asked for, not all of them at once."""
    found = run(one_at_a_time, student.shuffled_batches, torch.rand(64, 128, generator=rng))
    demand(found, "The batches take as much memory as all of the data: cut each one out when its turn comes.")
