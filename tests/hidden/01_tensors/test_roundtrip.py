import torch

from grader import probe


@probe
def saved(f, t, name):
    from pathlib import Path

    loaded = f(t, name)
    there = Path(name).is_file()
    kept = torch.load(name) if there else None
    return {"loaded": loaded, "file": kept, "memory of its own": loaded is not t and loaded.data_ptr() != t.data_ptr()}


def test_file_and_result(student, same, run, rng):
    """The file holds the tensor, and the result was read from it."""
    for t in (torch.rand(3, 2, generator=rng), torch.arange(5)):
        due = {"loaded": t, "file": t, "memory of its own": True}
        same(run(saved, student.roundtrip, t, f"{t.numel()}.pt"), due, "After `roundtrip(t, path)`")
