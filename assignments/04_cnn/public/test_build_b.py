import torch

from grader import probe


@probe
def described(build_b):
    found = []
    for channels in (1, 3):
        net = build_b(channels)
        found.append((sum(p.numel() for p in net.parameters()), list(net(torch.zeros(2, channels, 32, 32)).shape)))
    return found


def test_sizes(student, same, run):
    """61,706 numbers for grey pictures, 62,006 for colour ones."""
    same(run(described, student.build_b), [(61706, [2, 10]), (62006, [2, 10])], "Numbers, and the shape of the scores")
