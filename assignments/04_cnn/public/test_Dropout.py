import torch

from grader import probe


@probe
def used(dropout):
    layer = dropout(0.5)
    in_training = sorted(set(layer(torch.ones(200)).tolist()))
    return {"training": in_training, "evaluation": layer.eval()(torch.ones(3)).tolist(), "repr": repr(layer)}


def test_one_half(student, same, run):
    """With p = 0.5, ones become 0 or 2 while training, and stay ones in evaluation mode."""
    due = {"training": [0.0, 2.0], "evaluation": [1.0, 1.0, 1.0], "repr": "Dropout(p=0.5)"}
    same(run(used, student.Dropout), due, "Dropout(0.5)")
