import torch

from grader import probe


def parts(build_cnn, widths, dropout, classes):
    net = build_cnn(widths, dropout, classes)
    found = [(type(part).__name__, [tuple(p.shape) for p in part.parameters()]) for part in net]
    rates = [part.p for part in net if isinstance(part, torch.nn.Dropout)]
    return {"kind": type(net).__name__, "parts": found, "dropout": rates}


def test_parts(student, reference, same, run):
    """The parts, their order, the shapes of their weights and the rate of the dropout."""
    for arguments in (([8, 16, 32], 0.1, 10), ([5], 0.0, 3), ([2, 3, 4, 6], 0.75, 7)):
        due = parts(reference.build_cnn, *arguments)
        same(
            run(probe(parts), student.build_cnn, *arguments),
            due,
            f"build_cnn{arguments}",
            parts={"parts": "part: kind, shapes of its weights: shape", "dropout": "dropout layer"},
        )


def answers(build_cnn, widths, weights, x):
    net = build_cnn(widths, 0.0, 3)
    with torch.no_grad():
        for p, w in zip(net.parameters(), weights, strict=True):
            p.copy_(w)
        return [net(x), net.eval()(x)]


def test_scores(student, reference, same, run, rng):
    """With given weights it gives the right scores, in training mode and in evaluation mode."""
    for widths in ([3, 4], [2, 3, 2, 4]):
        shapes = [p.shape for p in reference.build_cnn(widths, 0.0, 3).parameters()]
        weights = [torch.randn(s, generator=rng) for s in shapes]
        x = torch.randn(4, 1, 28, 28, generator=rng)
        due = answers(reference.build_cnn, widths, weights, x)
        same(
            run(probe(answers), student.build_cnn, widths, weights, x),
            due,
            f"The scores for widths {widths}",
            parts="scores in training mode, scores in evaluation mode",
        )
