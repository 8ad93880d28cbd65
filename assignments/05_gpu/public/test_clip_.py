import torch

from grader import probe


@probe
def clipped(clip_, limit):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True) as machine:
        p = torch.zeros(2, device="cuda")
        p.grad = torch.tensor([3.0, 4.0], device="cuda")
        before = machine.counts
        length = clip_([p], limit)
        waits = (machine.counts - before).synchronising_reads
        there = isinstance(length, torch.Tensor) and length.device.type == "cuda"
        found = length.cpu() if there else length
        return {"length": found, "it is on the card": there, "gradient": p.grad.cpu(), "waits": waits}


def test_three_and_four(student, same, run):
    """The gradient (3, 4) is 5 long; with the limit 1 it becomes (0.6, 0.8), with 10 it stays. Nothing waits."""
    for limit, gradient in ((1.0, [0.6, 0.8]), (10.0, [3.0, 4.0])):
        shortened, length = torch.tensor(gradient), torch.tensor(5.0)
        due = {"length": length, "it is on the card": True, "gradient": shortened, "waits": 0}
        same(run(clipped, student.clip_, limit), due, f"With the limit {limit}")
