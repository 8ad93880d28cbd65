import torch

from grader import probe


@probe
def stepped(sgd_step_, gradient_norms):
    layer = torch.nn.Linear(2, 1)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor([[1.0, 2.0]]))
    layer.weight.grad = torch.tensor([[3.0, -4.0]])
    norms = gradient_norms(layer)
    sgd_step_(layer, 0.5)
    return {"weight": layer.weight.detach().clone(), "norms": norms}


def test_one_layer(student, same, run):
    """A weight (1, 2) with the gradient (3, -4), and a bias without one."""
    found = run(stepped, student.sgd_step_, student.gradient_norms)
    due = {"weight": torch.tensor([[-0.5, 4.0]]), "norms": {"weight": 5.0, "bias": None}}
    same(found, due, "After a step with the rate 0.5")
