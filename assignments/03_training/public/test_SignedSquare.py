import torch

from grader import probe


@probe
def both(signed_square):
    x = torch.tensor([-3.0, 0.0, 2.0], requires_grad=True)
    y = signed_square.apply(x)
    (10 * y).sum().backward()
    return {"result": y.detach(), "gradient": x.grad}


def test_three_numbers(student, same, run):
    """-3, 0 and 2 become -9, 0 and 4; ten times that has the gradients 60, 0 and 40."""
    due = {"result": torch.tensor([-9.0, 0.0, 4.0]), "gradient": torch.tensor([60.0, 0.0, 40.0])}
    same(run(both, student.SignedSquare), due, "For -3, 0 and 2")
