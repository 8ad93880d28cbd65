import torch

from grader import probe
from grader.asking.words import count


@probe
def layers(build_b, channels):
    net = build_b(channels)
    return {
        "nn.Sequential": isinstance(net, torch.nn.Sequential),
        "weights": [tuple(p.shape) for p in net.parameters()],
        "buffers": len(list(net.buffers())),
    }


def test_layers(student, same, run):
    """It is an nn.Sequential of B's layers, for grey and for colour pictures."""
    for c in (1, 3, 4):
        weights = [(6, c, 5, 5), (6,), (16, 6, 5, 5), (16,), (120, 400), (120,), (84, 120), (84,), (10, 84), (10,)]
        due = {"nn.Sequential": True, "weights": weights, "buffers": 0}
        same(run(layers, student.build_b, c), due, f"build_b({c})", parts={"weights": "tensor"})


def answer(build_b, weights, x):
    net = build_b(x.shape[1])
    with torch.no_grad():
        for p, w in zip(net.parameters(), weights, strict=True):
            p.copy_(w)
        return net(x)


def test_scores(student, reference, same, run, rng):
    """With given weights it gives the scores of B, for a batch and for a batch of one."""
    for n, c in ((3, 1), (1, 3)):
        shapes = [p.shape for p in reference.build_b(c).parameters()]
        weights = [torch.randn(s, generator=rng) * 0.2 for s in shapes]
        x = torch.randn(n, c, 32, 32, generator=rng)
        due = answer(reference.build_b, weights, x)
        same(
            run(probe(answer), student.build_b, weights, x),
            due,
            f"For {count(n, 'picture')} with {count(c, 'channel')}",
        )
