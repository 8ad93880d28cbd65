import torch

from grader import probe


@probe
def rates(set_rate):
    p, q = torch.zeros(1, requires_grad=True), torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.SGD([{"params": [p]}, {"params": [q], "lr": 0.5}], lr=0.1)
    set_rate(optimizer, 0.25)
    return [group["lr"] for group in optimizer.param_groups]


def test_up_and_down(student, same, run):
    """Two epochs up to 1.0, then down over four; and a new rate for two groups."""
    got = [student.rate_at(epoch, 1.0, 2, 6) for epoch in range(6)]
    same(got, [0.5, 1.0, 1.0, 0.8535534, 0.5, 0.1464466], "The rates of six epochs")
    same(run(rates, student.set_rate), [0.25, 0.25], "The rates of two groups after `set_rate`")
