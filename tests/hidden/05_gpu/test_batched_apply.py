import torch

from grader import probe
from grader.asking.through import through
from grader.asking.variations import DTYPES
from grader.asking.words import count


@probe
def applied(batched_apply, weight, x, batch_size, device):
    seen = []
    weight = weight.to(device).requires_grad_()

    def f(batch):
        result = (batch @ weight).relu() + 1
        size, *shape = batch.shape
        seen.append(
            {
                "samples": size,
                "shape of a sample": shape,
                "device": batch.device.type,
                "a graph is built": result.requires_grad,
            }
        )
        return result

    result = batched_apply(f, x, batch_size, device)
    return {"result": result, "requires gradients": result.requires_grad, "batches": seen}


def test_results(student, reference, same, run, agree, untouched, rng):
    """The results of all samples in order, on the CPU, computed batch by batch on the device without a graph."""
    weight = torch.randn(3, 2, generator=rng, dtype=torch.float64)
    for n, size, device in ((7, 3, "cuda"), (9, 4, "cuda"), (4, 2, "cuda"), (3, 8, "cpu"), (1, 1, "cuda")):
        x = torch.randn(n, 3, generator=rng, dtype=torch.float64)
        due = {
            "result": (x @ weight).relu() + 1,
            "requires gradients": False,
            "batches": [
                {"samples": min(size, n - i), "shape of a sample": [3], "device": device, "a graph is built": False}
                for i in range(0, n, size)
            ],
        }
        found = run(applied, student.batched_apply, weight, x, size, device)
        same(found, due, f"{count(n, 'sample')} in batches of {size} on {device}", parts={"batches": "batch"})
    agree(
        through(plain, student.batched_apply),
        through(plain, reference.batched_apply),
        {
            "pictures": (torch.randn(5, 2, 4, generator=rng), 2, "cuda"),
            "one number each": (torch.randn(3, generator=rng), 2, "cuda"),
            "a matrix that records a graph": (torch.randn(5, 2, generator=rng).requires_grad_(), 3, "cpu"),
        },
        layouts=("sliced", "expanded"),
        dtypes=[*DTYPES["any"], torch.bfloat16],
        single=[0, 1, 2],
    )
    untouched(student.batched_apply, calls, torch.rand(5, 2, generator=rng))


def plain(batched_apply, x, size, device):
    return batched_apply(lambda batch: batch + batch, x, size, device)


@probe
def calls(batched_apply, x):
    return [(batched_apply, torch.abs, x, 2, "cuda"), (batched_apply, torch.neg, x, 3, "cpu")]


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
