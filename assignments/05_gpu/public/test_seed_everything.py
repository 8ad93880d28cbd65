import torch

from grader import probe


@probe
def twice(seed_everything):
    found = []
    for device in ("cpu", "cuda"):
        seed_everything(3)
        first = torch.rand(2, device=device).cpu()
        seed_everything(3)
        found.append(torch.equal(first, torch.rand(2, device=device).cpu()))
    return found


def test_the_same_again(student, same, run):
    """PyTorch draws the same again on the CPU and on a card."""
    same(run(twice, student.seed_everything), [True, True], "Whether the draws are the same, on CPU and card")
