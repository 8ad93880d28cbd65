import torch

from grader import probe


@probe
def looked_up(param_table, get_param):
    net = torch.nn.Sequential(torch.nn.Conv2d(1, 6, 5), torch.nn.ReLU(), torch.nn.Flatten())
    return {"table": param_table(net), "the very one": get_param(net, "0.bias") is net[0].bias}


def test_one_convolution(student, same, run):
    """A chain with one convolution."""
    table = {"0.weight": ((6, 1, 5, 5), 150), "0.bias": ((6,), 6)}
    same(run(looked_up, student.param_table, student.get_param), {"table": table, "the very one": True}, "The table")
