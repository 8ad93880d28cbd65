import torch

from grader import probe


@probe
def in_place(f, t):
    result = f(t)
    return {"the same tensor": result is t, "its elements": t.clone()}


def test_in_place(student, same, run, rng):
    """`zero_out` changes the caller's tensor and returns it."""
    for t in (torch.rand(3, 2, generator=rng) + 1, torch.arange(1, 5)):
        due = {"the same tensor": True, "its elements": torch.zeros_like(t)}
        same(run(in_place, student.zero_out, t), due, "After `zero_out(t)`")


def test_not_in_place(student, reference, agree, pure, rng):
    """`zeroed` leaves the caller's tensor alone and keeps its dtype."""
    cases = [(torch.rand(3, 2, generator=rng) + 1,), (torch.arange(1, 5),)]
    pure(student.zeroed, cases)
    agree(student.zeroed, reference.zeroed, cases, constant=True)
