import torch

from grader import probe


@probe
def used(batch_norm, x):
    layer = batch_norm(1, momentum=0.25)
    y = layer(x).detach()
    statistics = {"mean": layer.running_mean.clone(), "var": layer.running_var.clone()}
    later = layer.eval()(x).detach()
    return {"result": y, **statistics, "later": later, "saved": sorted(layer.state_dict())}


def test_four_numbers(student, same, run):
    """The numbers 1, 1, 3, 3 of one channel: mean 2, variance 1 (4/3 with n - 1); later in evaluation mode."""
    x = torch.tensor([1.0, 1.0, 3.0, 3.0]).reshape(2, 1, 1, 2)
    mean, var = 0.25 * 2, 0.75 + 0.25 * 4 / 3
    due = {
        "result": (x - 2) / (1 + 1e-5) ** 0.5,
        "mean": torch.tensor([mean]),
        "var": torch.tensor([var]),
        "later": (x - mean) / (var + 1e-5) ** 0.5,
        "saved": ["bias", "running_mean", "running_var", "weight"],
    }
    same(run(used, student.BatchNorm, x), due, "Of BatchNorm(1, momentum=0.25)", parts={"saved": "name"})
