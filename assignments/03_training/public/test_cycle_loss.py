import torch

from grader import probe


@probe
def doubled(cycle_loss):
    a, b = torch.tensor([[1.0], [3.0]]), torch.tensor([[15.0]])
    return {
        "and B is halved": cycle_loss(a, b, lambda x: 2 * x, lambda x: x / 2).item(),
        "and B loses 10": cycle_loss(a, b, lambda x: 2 * x, lambda x: x - 10).item(),
    }


def test_doubled(student, same, run):
    """2·x and x / 2 lead home. With 2·x and x - 10, a = 1, 3 become -8, -4, on average 8 off, and b = 15 becomes 10."""
    same(run(doubled, student.cycle_loss), {"and B is halved": 0.0, "and B loses 10": 13.0}, "When A is doubled")
