import torch

from grader import probe


@probe
def described(block):
    plain, halving = block(4, 4), block(4, 8, stride=2)
    x = torch.rand(2, 4, 6, 6)
    return {
        "plain": (list(plain(x).shape), plain.downsample is None, sum(p.numel() for p in plain.parameters())),
        "halving": (list(halving(x).shape), halving.downsample is None, sum(p.numel() for p in halving.parameters())),
    }


def test_two_blocks(student, same, run):
    """A block that keeps the size, and one that halves it and doubles the channels."""
    due = {"plain": ([2, 4, 6, 6], True, 304), "halving": ([2, 8, 3, 3], False, 944)}
    same(
        run(described, student.BasicBlock),
        due,
        "Of two blocks",
        parts="shape of the result, absence of a shortcut, numbers in all",
    )
