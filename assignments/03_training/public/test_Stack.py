import torch

from grader import probe


@probe
def described(stack, count_params):
    net = stack([3, 4, 2])
    next(net.parameters()).requires_grad = False
    counts = count_params(net)
    with torch.no_grad():
        for p in net.parameters():
            p.fill_(1.0)
    said = net(torch.full((5, 3), 100.0))
    return {"counts": counts, "said": said.detach()}


def test_three_four_two(student, same, run):
    """Stack([3, 4, 2]) has 26 parameters. Its first weight frozen, 14 learn; if all are 1, it says 5."""
    found = run(described, student.Stack, student.count_params)
    same(found, {"counts": (26, 14), "said": torch.full((5, 2), 5.0)}, "Stack([3, 4, 2])")
