import numpy as np
import torch

from grader import probe


@probe
def sent(digits_over, images, labels):
    from grader import simulated_cuda

    with simulated_cuda(devices=2, join=True) as machine:
        before = machine.counts
        x, y = digits_over(images, labels, "cuda")
        found = machine.counts - before
        return {
            "where both are": [t.device.type for t in (x, y)],
            "x": x.detach().cpu(),
            "y": y.cpu(),
            "bytes": found.host_to_device_bytes + found.device_to_host_bytes + 8 * found.operations,  # of commands
        }


def test_digits_arrive(student, same, expect, demand, run):
    """The first hundred digits of the file arrive as they should, and 68 bytes or fewer cross for each."""
    stored = np.load("data/digits.npz")
    images, labels = torch.from_numpy(stored["images"][:100]), torch.from_numpy(stored["labels"][:100]).long()
    found = expect(run(sent, student.digits_over, images, labels), dict)
    same(found.get("where both are"), ["cuda", "cuda"], "The devices of x and y")
    same(found.get("x"), images / 16, "x, brought back")
    same(found.get("y"), labels, "y, brought back")
    each = expect(found.get("bytes"), int) / len(images)
    demand(each <= 68, f"For each digit {each:.1f} bytes cross the bus, and 68 are allowed.")
