import torch

from grader import probe


@probe
def in_place(f, t):
    memory = t.detach()
    result = f(t)
    return {"the same tensor": result is t, "its elements": t.clone(), "its memory": memory.clone()}


def tensors(rng):
    t = torch.rand(3, 2, generator=rng) + 1
    return {
        "a matrix": t,
        "whole numbers": torch.arange(1, 5),
        "a transpose": t.clone().T,
        "every second row": torch.rand(4, 3, generator=rng)[::2],
        "bools": torch.tensor([True, False, True]),
        "what is no number": torch.tensor([float("nan"), 1.0, float("-inf")]),
        "a scalar": torch.tensor(3.0),
        "float64": torch.rand(1, 4, generator=rng, dtype=torch.float64) + 1,
        "float16": (torch.rand(3, 1, generator=rng) + 1).half(),
        "int32": torch.arange(1, 13, dtype=torch.int32).view(2, 1, 2, 3),
        "bytes": torch.arange(1, 10, dtype=torch.uint8).view(3, 3),
        "no elements": torch.rand(0, 3, generator=rng),
        "from the middle of a vector": torch.arange(9.0)[4:],
    }


@probe
def calls(f, t):
    return [(f, t)]


def test_in_place(student, same, run, untouched, rng):
    """`zero_out` changes the caller's tensor, whatever is in it and however it lies, and returns it."""
    for label, t in tensors(rng).items():
        due = {"the same tensor": True, "its elements": torch.zeros_like(t), "its memory": torch.zeros_like(t)}
        same(run(in_place, student.zero_out, t), due, f"After `zero_out(t)` for {label}")
    untouched(student.zero_out, calls, torch.rand(3, 2, generator=rng), but=["arguments"])


def test_not_in_place(student, reference, agree, rng):
    """`zeroed` leaves the caller's tensor alone and keeps its dtype."""
    cases = {label: (t,) for label, t in tensors(rng).items()}
    agree(
        student.zeroed, reference.zeroed, cases, constant=True, dtypes="any", layouts=["sliced", "expanded"], single=[0]
    )
