import torch

from grader import probe


@probe
def clipped(clip_, limit):
    p = torch.zeros(2, device="cuda")
    p.grad = torch.tensor([3.0, 4.0], device="cuda")
    return {"length": clip_([p], limit), "gradient": p.grad}


def test_three_and_four(student, same, run):
    """The gradient (3, 4) is 5 long; with the limit 1 it becomes (0.6, 0.8), with the limit 10 it stays."""
    for limit, gradient in ((1.0, [0.6, 0.8]), (10.0, [3.0, 4.0])):
        due = {"length": torch.tensor(5.0).to("cuda"), "gradient": torch.tensor(gradient).to("cuda")}
        same(run(clipped, student.clip_, limit), due, f"With the limit {limit}")
