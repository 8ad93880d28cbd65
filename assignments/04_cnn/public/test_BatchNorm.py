import torch

from grader import probe


@probe
def used(batch_norm, x):
    layer = batch_norm(1, momentum=0.25)
    y = layer(x).detach()
    return {"result": y, "mean": layer.running_mean, "var": layer.running_var}


def test_four_numbers(student, same, run):
    """The numbers 1, 1, 3, 3 of one channel: mean 2, variance 1 (4/3 with n - 1)."""
    x = torch.tensor([1.0, 1.0, 3.0, 3.0]).reshape(2, 1, 1, 2)
    due = {
        "result": (x - 2) / (1 + 1e-5) ** 0.5,
        "mean": torch.tensor([0.25 * 2]),
        "var": torch.tensor([0.75 + 0.25 * 4 / 3]),
    }
    same(run(used, student.BatchNorm, x), due, "In training mode")
