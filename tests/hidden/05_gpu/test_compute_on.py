import torch

from grader import probe
from grader.asking.through import through
from grader.asking.variations import DTYPES
from grader.asking.words import count


@probe
def computed(compute_on, device, kind, *tensors):
    seen = []

    def f(*tensors):
        seen.append([t.device.type for t in tensors])
        if kind == "sum":
            return torch.stack(tensors).sum(dim=0) + 4
        return (tensors[0] @ tensors[1] * 2).sum(dim=0, keepdim=True)

    result = compute_on(device, f, *tensors)
    return {"devices in the function": seen, "result": result}


def test_result(student, reference, same, run, agree, untouched, rng):
    """The function computes on the device, once, and the result is on the CPU, whatever tensors there are."""
    a, b, c = (torch.randint(-9, 9, (3, 3), generator=rng).double() for _ in range(3))
    for device in ("cuda", "cpu"):
        due = {"devices in the function": [[device] * 3], "result": a + b + c + 4}
        same(
            run(computed, student.compute_on, device, "sum", a, b, c),
            due,
            f"A sum on {device}",
            parts={"devices in the function": "call"},
        )
        due = {"devices in the function": [[device] * 2], "result": (a @ b * 2).sum(dim=0, keepdim=True)}
        same(
            run(computed, student.compute_on, device, "product", a, b),
            due,
            f"A product on {device}",
            parts={"devices in the function": "call"},
        )
    agree(
        through(plain, student.compute_on),
        through(plain, reference.compute_on),
        {"a sum on a card": ("cuda", a - 0.5, b), "one tensor on the CPU": ("cpu", c)},
        layouts=("sliced", "expanded"),
        dtypes=[*DTYPES["any"], torch.bfloat16],
        empty=[0],
        single=[0, 1],
        shapes="any",
    )
    untouched(student.compute_on, calls, a)


def plain(compute_on, device, *tensors):
    return compute_on(device, lambda *given: given[0] + given[-1], *tensors)


@probe
def calls(compute_on, t):
    return [(compute_on, "cuda", torch.abs, t), (compute_on, "cpu", torch.neg, t)]


@probe
def crossed(compute_on, *tensors):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True) as machine, torch.cuda.device(0):
        before = machine.counts
        compute_on("cuda:1", lambda *tensors: (sum(tensors) * 2).exp()[:2], *tensors)
        found, stays = machine.counts - before, torch.cuda.current_device() == 0
    return {
        "copies to the card": found.host_to_device,
        "bytes back": found.device_to_host_bytes,
        "values read beside the result": max(found.synchronising_reads - 1, 0),
        "the current card is as before": stays,
    }


def test_one_trip(student, same, run, rng):
    """Each tensor crosses once, and only the result comes back, also from a second card."""
    for n in (1, 3):
        tensors = [torch.rand(5, generator=rng) for _ in range(n)]
        due = {
            "copies to the card": n,
            "bytes back": 8,
            "values read beside the result": 0,
            "the current card is as before": True,
        }
        same(run(crossed, student.compute_on, *tensors), due, f"With {count(n, 'tensor')}")
