import torch

from grader import probe
from grader.asking.through import through


@probe
def layers(build_b, channels):
    net = build_b(channels)
    return {
        "nn.Sequential": isinstance(net, torch.nn.Sequential),
        "weights": [tuple(p.shape) for p in net.parameters()],
        "buffers": len(list(net.buffers())),
        "the same network each time": build_b(channels) is net,
        "the same start each time": torch.equal(next(net.parameters()), next(build_b(channels).parameters())),
    }


@probe
def calls(build_b):
    return [(build_b, 1), (build_b, 3)]


def test_layers(student, same, run, untouched):
    """It is an nn.Sequential of B's layers, for grey and for colour pictures, with other random weights each time."""
    for c in (1, 3, 4):
        weights = [(6, c, 5, 5), (6,), (16, 6, 5, 5), (16,), (120, 400), (120,), (84, 120), (84,), (10, 84), (10,)]
        due = {"nn.Sequential": True, "weights": weights, "buffers": 0}
        due |= {"the same network each time": False, "the same start each time": False}
        same(run(layers, student.build_b, c), due, f"build_b({c})", parts={"weights": "tensor"})
    untouched(student.build_b, calls, but=["random numbers"])


def answer(build_b, weights, x):
    net = build_b(x.shape[1])
    with torch.no_grad():
        for p, w in zip(net.parameters(), weights, strict=True):
            p.copy_(w)
        return [net(x), net.eval()(x)]


def test_scores(student, reference, agree, rng):
    """With given weights it gives the scores of B, for a batch and for a batch of one."""
    cases = {}
    for label, n, c in (("three grey pictures", 3, 1), ("one picture in colour", 1, 3)):
        shapes = [p.shape for p in reference.build_b(c).parameters()]
        weights = [torch.randn(s, generator=rng) * 0.2 for s in shapes]
        cases[label] = (weights, torch.randn(n, c, 32, 32, generator=rng))
    agree(
        through(answer, student.build_b),
        through(answer, reference.build_b),
        cases,
        parts="scores in training mode, scores in evaluation mode",
    )
