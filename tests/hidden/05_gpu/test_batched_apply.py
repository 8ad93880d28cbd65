import torch

from grader import probe
from grader.asking.words import count


@probe
def applied(batched_apply, weight, x, batch_size, device):
    seen = []
    weight = weight.to(device).requires_grad_()

    def f(batch):
        result = (batch @ weight).relu() + 1
        seen.append([len(batch), batch.device.type, result.requires_grad])
        return result

    result = batched_apply(f, x, batch_size, device)
    return {"result": result, "requires gradients": result.requires_grad, "batches": seen}


def test_results(student, same, run, rng):
    """The results of all samples in order, on the CPU, computed batch by batch on the device without a graph."""
    weight = torch.randn(3, 2, generator=rng, dtype=torch.float64)
    for n, size, device in ((7, 3, "cuda"), (4, 2, "cuda"), (3, 8, "cpu"), (1, 1, "cuda")):
        x = torch.randn(n, 3, generator=rng, dtype=torch.float64)
        due = {
            "result": (x @ weight).relu() + 1,
            "requires gradients": False,
            "batches": [[min(size, n - i), device, False] for i in range(0, n, size)],
        }
        found = run(applied, student.batched_apply, weight, x, size, device)
        same(found, due, f"{count(n, 'sample')} in batches of {size} on {device}", parts={"batches": "batch"})


@probe
def needed(batched_apply, x):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True) as machine:
        torch.cuda.reset_peak_memory_stats()
        occupied, before = torch.cuda.memory_allocated(), machine.counts
        result = batched_apply(lambda batch: batch * 2 + 1, x, 5, "cuda")
        peak, found = torch.cuda.max_memory_allocated() - occupied, machine.counts - before
    return {
        "copies to the card": found.host_to_device,
        "bytes to the card": found.host_to_device_bytes,
        "at most half of all inputs on the card": peak <= x.nbytes // 2,
        "result": result,
    }


def test_memory(student, same, run, rng):
    """Each batch crosses once, and the card never holds all inputs or all results."""
    x = torch.rand(100, 16, generator=rng)
    due = {
        "copies to the card": 20,
        "bytes to the card": x.nbytes,
        "at most half of all inputs on the card": True,
        "result": x * 2 + 1,
    }
    same(run(needed, student.batched_apply, x), due, "100 samples in batches of 5")
