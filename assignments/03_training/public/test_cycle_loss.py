import torch

from grader import probe


@probe
def doubled(cycle_loss):
    a, b = torch.tensor([[1.0], [3.0]]), torch.tensor([[10.0]])
    return {
        "and halved": cycle_loss(a, b, lambda x: 2 * x, lambda x: x / 2).item(),
        "and left alone": cycle_loss(a, b, lambda x: 2 * x, lambda x: x).item(),
    }


def test_doubled(student, same, run):
    """Doubled and halved, everything is home again; doubled and left alone, A is off by 2 on average and B by 10."""
    same(run(doubled, student.cycle_loss), {"and halved": 0.0, "and left alone": 12.0}, "When A is doubled")
