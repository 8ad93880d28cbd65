import torch

from grader import probe


@probe
def one_epoch(shuffled_batches, n, size):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True) as machine:
        x = torch.arange(n, device="cuda")
        before = machine.counts
        batches = list(shuffled_batches(x, 10 * x, size))
        counts = machine.counts - before
        batches = [(a.cpu(), b.cpu()) for a, b in batches]
    return {
        "sizes": [len(a) for a, b in batches],
        "all": sorted(v for a, b in batches for v in a.tolist()),
        "pairs": all((b == 10 * a).all().item() for a, b in batches),
        "copies over the bus": counts.host_to_device + counts.device_to_host,
    }


def test_five(student, same, run):
    """Five samples on a card in batches of two: each comes once, with its own y, and nothing crosses."""
    due = {"sizes": [2, 2, 1], "all": [0, 1, 2, 3, 4], "pairs": True, "copies over the bus": 0}
    same(run(one_epoch, student.shuffled_batches, 5, 2), due, "Five samples in batches of two")


@probe
def orders(shuffled_batches):
    x = torch.arange(40)
    return [torch.cat([a for a, _ in shuffled_batches(x, x, 8)]).tolist() for _ in range(2)]


def test_new_order(student, demand, run):
    """Of 40 samples, each epoch has another order."""
    one, other = run(orders, student.shuffled_batches)
    demand(one != list(range(40)), "The samples come in the order in which they were given.")
    demand(one != other, "Two epochs have the same order.")
