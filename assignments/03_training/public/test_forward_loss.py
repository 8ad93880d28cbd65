import torch

from grader import probe


@probe
def asked(forward_loss, train):
    w = torch.tensor(2.0, requires_grad=True)
    with torch.enable_grad():  # puts back afterwards what a function may have left behind
        loss = forward_loss(lambda x, w: w * x, [w], torch.tensor([1.0, 2.0]), torch.tensor([0.0, 0.0]), train)
    return {"loss": loss.item(), "requires_grad": loss.requires_grad}


def test_both_ways(student, same, run):
    """The loss is the same both ways; only in training it requires gradients."""
    for train in (True, False):
        same(run(asked, student.forward_loss, train), {"loss": 10.0, "requires_grad": train}, f"With train={train}")
