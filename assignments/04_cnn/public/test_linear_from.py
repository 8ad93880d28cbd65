import torch

from grader import probe


@probe
def mapped(linear_from, w, x):
    layer = linear_from(w)
    return {"result": layer(x).detach(), "bias": layer.bias is not None}


def test_the_map_of_the_text(student, same, run):
    """The matrix of the text sends (1, 2, 3, 4) to (30, 40, 50)."""
    w = torch.tensor([[1.0, 2.0, 3.0, 4.0], [2.0, 3.0, 4.0, 5.0], [3.0, 4.0, 5.0, 6.0]])
    found = run(mapped, student.linear_from, w, torch.tensor([1.0, 2.0, 3.0, 4.0]))
    same(found, {"result": torch.tensor([30.0, 40.0, 50.0]), "bias": False}, "linear_from(w)")
