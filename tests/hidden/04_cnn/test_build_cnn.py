import torch

from grader import probe
from grader.asking.through import through


def parts(build_cnn, widths, dropout, classes):
    net = build_cnn(widths, dropout, classes)
    found = [(type(part).__name__, [tuple(p.shape) for p in part.parameters()]) for part in net]
    rates = [part.p for part in net if isinstance(part, torch.nn.Dropout)]
    other = build_cnn(widths, dropout, classes)
    return {
        "kind": type(net).__name__,
        "parts": found,
        "dropout": rates,
        "the same network each time": other is net,
        "the same start each time": torch.equal(net[0].weight, other[0].weight),
    }


@probe
def calls(build_cnn):
    return [(build_cnn, [2, 3], 0.1, 4), (build_cnn, (2,), 0.0, 10)]


def test_parts(student, reference, same, run, untouched):
    """The parts, their order, the shapes of their weights and the rate of the dropout."""
    for arguments in (([8, 16, 32], 0.1, 10), ([5], 0.0, 3), ([2, 3, 4, 6], 0.75, 7)):
        due = parts(reference.build_cnn, *arguments)
        same(
            run(probe(parts), student.build_cnn, *arguments),
            due,
            f"build_cnn{arguments}",
            parts={"parts": "part: kind, shapes of its weights: shape", "dropout": "dropout layer"},
        )
    untouched(student.build_cnn, calls, but=["random numbers"])


def answers(build_cnn, widths, weights, x):
    net = build_cnn(widths, 0.0, 3)
    with torch.no_grad():
        for p, w in zip(net.parameters(), weights, strict=True):
            p.copy_(w)
        return [net(x), net.eval()(x)]


def test_scores(student, reference, agree, rng):
    """With given weights it gives the right scores, in training mode and in evaluation mode."""
    cases = {}
    for widths in ([3, 4], [2, 3, 2, 4]):
        shapes = [p.shape for p in reference.build_cnn(widths, 0.0, 3).parameters()]
        weights = [torch.randn(s, generator=rng) for s in shapes]
        cases[f"widths {widths}"] = (widths, weights, torch.randn(4, 1, 28, 28, generator=rng))
    agree(
        through(answers, student.build_cnn),
        through(answers, reference.build_cnn),
        cases,
        layouts=(),
        parts="scores in training mode, scores in evaluation mode",
    )
