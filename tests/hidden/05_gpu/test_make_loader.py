import torch

from grader import probe
from grader.asking.through import through
from grader.asking.variations import DTYPES
from grader.asking.words import count


@probe
def settings(make_loader, n, batch_size, device, *workers):
    data = torch.utils.data.TensorDataset(torch.arange(n))
    loader = make_loader(data, batch_size, device, *workers)
    return {
        "batch size": loader.batch_size,
        "shuffles": isinstance(loader.sampler, torch.utils.data.RandomSampler),
        "drops the last batch": loader.drop_last,
        "workers": loader.num_workers,
        "workers stay": loader.persistent_workers,
        "pinned": loader.pin_memory,
    }


def test_settings(student, same, run):
    """Every setting, for CUDA devices and others, with workers and without."""
    for size, device, *workers in (
        (4, "cuda", 2),
        (8, torch.device("cuda:0"), 0),
        (4, "cpu", 1),
        (3, torch.device("cpu")),
        (5, "cuda"),
        (2, "mps"),
        (6, torch.device("xpu:0"), 2),
    ):
        due = {
            "batch size": size,
            "shuffles": True,
            "drops the last batch": False,
            "workers": workers[0] if workers else 0,
            "workers stay": workers not in ([], [0]),
            "pinned": torch.device(device).type == "cuda",
        }
        found = run(settings, student.make_loader, 10, size, device, *workers)
        same(found, due, f"A loader for {device} with {count(workers[0] if workers else 0, 'worker')}")


@probe
def epoch(make_loader, x, device):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True):
        data = torch.utils.data.TensorDataset(x, 2 * x)
        batches = list(make_loader(data, 4, device))
        return {
            "sizes": [len(a) for a, b in batches],
            "all samples": sorted(v for a, b in batches for v in a.tolist()),
            "on the CPU": all(t.device.type == "cpu" for batch in batches for t in batch),
            "pinned": all(t.is_pinned() for batch in batches for t in batch),
        }


def test_batches(student, same, run):
    """Every sample comes once, as a CPU tensor, which is pinned if the training runs on a card."""
    x = torch.arange(10.0)
    for device in ("cuda", "cpu"):
        due = {"sizes": [4, 4, 2], "all samples": x.tolist(), "on the CPU": True, "pinned": device == "cuda"}
        same(
            run(epoch, student.make_loader, x, device),
            due,
            f"An epoch for {device}",
            parts={"sizes": "batch", "all samples": "sample"},
        )


@probe
def fed(feed, batches, device):
    from torch.utils._python_dispatch import TorchDispatchMode

    from grader import simulated_cuda

    copies = []

    class Copies(TorchDispatchMode):
        def __torch_dispatch__(self, func, types, args=(), kwargs=None):
            kwargs = kwargs or {}
            if func is torch.ops.aten._to_copy.default:
                copies.append(bool(kwargs.get("non_blocking")))
            elif func is torch.ops.aten.copy_.default:
                copies.append(bool(args[2] if len(args) > 2 else kwargs.get("non_blocking")))
            return func(*args, **kwargs)

    taken = []

    def loader():
        for number, batch in enumerate(batches):
            taken.append(number)
            yield batch

    with simulated_cuda(devices=2, join=True):
        with Copies():
            found = [(batch, len(taken)) for batch in feed(loader(), device)]
        moved = [
            {
                "kind": type(batch).__name__,
                "devices": [str(t.device) for t in batch],
                "values": [t.cpu() for t in batch],
                "taken so far": number,
            }
            for batch, number in found
        ]
    return {"batches": moved, "copies that do not block": copies}


def plain(feed, batches, device):
    return [list(batch) for batch in feed(iter(batches), device)]


@probe
def calls(feed, t):
    return [(lambda loader, device: list(feed(loader, device)), [[t, t]], "cuda")]


@probe
def loader_calls(make_loader, t):
    return [(make_loader, torch.utils.data.TensorDataset(t), 2, device) for device in ("cuda", "cpu")]


def test_feed(student, reference, same, run, agree, untouched, rng):
    """Each batch moves when its turn comes, as a list, by copies that do not block, to whatever device it is."""
    for device in ("cuda:1", "cpu"):
        for width in (2, 3):
            batches = [tuple(torch.rand(2, generator=rng) for _ in range(width)) for _ in range(3)]
            due = {
                "batches": [
                    {"kind": "list", "devices": [device] * width, "taken so far": i + 1, "values": list(batch)}
                    for i, batch in enumerate(batches)
                ],
                "copies that do not block": [] if device == "cpu" else [True] * (3 * width),
            }
            same(
                run(fed, student.feed, batches, device),
                due,
                f"Three batches of {width} tensors to {device}",
                parts={"batches": "batch", "copies that do not block": "copy"},
            )
    agree(
        through(plain, student.feed),
        through(plain, reference.feed),
        {
            "a pair and a single tensor": (
                [[torch.randn(3, 2, generator=rng), torch.arange(3)], (torch.arange(4),)],
                "cuda",
            ),
            "two pairs": ([[torch.rand(2, 2, generator=rng), torch.arange(2)]] * 2, "cpu"),
            "no batches": ([], "cuda"),
        },
        layouts=("sliced", "expanded"),
        dtypes=[*DTYPES["any"], torch.bfloat16],
        empty=[0],
        single=[0, 1],
        shapes="any",
        graph=True,
        parts="batch: tensor",
    )
    untouched(student.feed, calls, torch.rand(2, generator=rng))
    untouched(student.make_loader, loader_calls, torch.rand(4, generator=rng))
