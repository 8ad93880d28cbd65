import numpy as np
import torch

from grader import probe


def test_from_a_card(student, same):
    """Three numbers from a card."""
    due = np.array([1.0, 2.0, 3.0], dtype=np.float32)
    same(student.to_numpy(torch.tensor([1.0, 2.0, 3.0]).to("cuda")), due, "For a tensor on the card")


@probe
def written(to_numpy):
    t = torch.tensor([1.0, 2.0], requires_grad=True)
    to_numpy(t)[0] = 9
    return t.detach()


def test_its_own_memory(student, same, run):
    """A tensor on the CPU that requires gradients: what is written into the array does not reach it."""
    due = torch.tensor([1.0, 2.0])
    same(run(written, student.to_numpy), due, "The tensor [1, 2] after 9 was written into the array")
