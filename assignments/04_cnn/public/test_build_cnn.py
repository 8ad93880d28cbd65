import torch

from grader import probe


@probe
def described(build_cnn):
    net = build_cnn([4, 8], 0.5, 10)
    kinds = [type(part).__name__ for part in net]
    return kinds, sum(p.numel() for p in net.parameters()), list(net(torch.zeros(2, 1, 28, 28)).shape)


PARTS = {"kinds of the parts": "part", "numbers in all": None, "shape of the scores": None}


def test_two_blocks(student, same, run):
    """Two blocks of 4 and 8 filters: eleven parts and 4278 numbers."""
    block = ["Conv2d", "BatchNorm2d", "ReLU", "MaxPool2d"]
    due = ([*block, *block, "Flatten", "Dropout", "Linear"], 4278, [2, 10])
    same(run(described, student.build_cnn), due, "build_cnn([4, 8], 0.5, 10)", parts=PARTS)
