import torch

from grader import probe


@probe
def described(stack, count_params):
    net = stack([3, 4, 2])
    return {"counts": count_params(net), "shape": list(net(torch.zeros(5, 3)).shape)}


def test_three_four_two(student, same, run):
    """Stack([3, 4, 2]) has 26 parameters and gives two outputs per row."""
    found = run(described, student.Stack, student.count_params)
    same(found, {"counts": (26, 26), "shape": [5, 2]}, "Stack([3, 4, 2])")
