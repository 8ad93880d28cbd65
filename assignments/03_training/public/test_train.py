import torch

from grader import probe


@probe
def trained(train):
    w = torch.tensor(1.0, requires_grad=True)
    x, t = torch.tensor([1.0, 1.0]), torch.tensor([3.0, 3.0])
    losses = train(lambda x, w: w * x, [w], lambda params: torch.optim.SGD(params, lr=0.25), x, t, 2)
    return {"losses": losses, "w": w.item()}


def test_one_parameter(student, same, run):
    """Two steps of SGD with one parameter, and a parabola at 2."""
    same(run(trained, student.train), {"losses": [4.0, 1.0], "w": 2.5}, "After two steps")
    arguments = [torch.tensor(v) for v in (2.0, 3.0, 5.0, 7.0)]
    same(student.parabola(*arguments), torch.tensor(29.0), "parabola(2, 3, 5, 7)")
