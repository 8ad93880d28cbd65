import torch

from grader import probe


@probe
def mapped(linear_from, w, x):
    layer = linear_from(w)
    result = layer(x).detach()
    with torch.no_grad():
        layer.weight.zero_()
    return {"result": result, "bias": layer.bias is not None, "w afterwards": w}


def test_the_map_of_the_text(student, same, run):
    """The matrix of the text sends (1, 2, 3, 4) to (30, 40, 50), and stays when the weight becomes 0."""
    w = torch.tensor([[1.0, 2.0, 3.0, 4.0], [2.0, 3.0, 4.0, 5.0], [3.0, 4.0, 5.0, 6.0]])
    found = run(mapped, student.linear_from, w, torch.tensor([1.0, 2.0, 3.0, 4.0]))
    due = {"result": torch.tensor([30.0, 40.0, 50.0]), "bias": False, "w afterwards": w}
    same(found, due, "linear_from(w)")
