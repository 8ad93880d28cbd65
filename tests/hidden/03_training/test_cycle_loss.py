import torch

from grader import probe
from grader.asking.variations import expanded, sliced
from grader.asking.words import count


def loss_of(cycle_loss, a, b, maps):
    there, back = maps
    loss = cycle_loss(a, b, lambda a: torch.tanh(a @ there), lambda b: b @ back)
    return {"loss": loss.detach(), "a graph, where nothing requires gradients": loss.requires_grad}


@probe
def ways(cycle_loss, a, b):
    return [(cycle_loss, a, b, lambda a: a[:, :2], lambda b: b.repeat(1, 2)[:, :3])]


def setting(rng, m, n):
    a, b = torch.randn(m, 3, generator=rng, dtype=torch.float64), torch.randn(n, 2, generator=rng, dtype=torch.float64)
    maps = torch.randn(3, 2, generator=rng, dtype=torch.float64), torch.randn(2, 3, generator=rng, dtype=torch.float64)
    return a, b, maps


def test_loss(student, reference, same, run, untouched, rng):
    """The mean absolute way from home, for both kinds, also when there are more of one than of the other."""
    a, b, maps = setting(rng, 3, 4)
    laid_out = ((sliced(a), sliced(b), maps), (expanded(a), expanded(b.abs()), maps), (a[:1], b[:1], maps))
    for arguments in (setting(rng, 5, 5), setting(rng, 2, 7), *laid_out):
        due = loss_of(reference.cycle_loss, *arguments)
        same(run(probe(loss_of), student.cycle_loss, *arguments), due, f"For {count(len(arguments[1]), 'sample')} of B")
    untouched(student.cycle_loss, ways, a, b)


@probe
def turned_around(cycle_loss, a, b):
    """Rotations by a quarter, which are undone by the way back."""
    return cycle_loss(
        a, b, lambda a: a.flip(1) * torch.tensor([1.0, -1.0]), lambda b: (b * torch.tensor([1.0, -1.0])).flip(1)
    )


def test_home(student, same, run, rng):
    """It is 0 when each generator undoes what the other one does, however different A and B look."""
    a, b = torch.randn(2, 6, 2, generator=rng)
    same(run(turned_around, student.cycle_loss, a, b), torch.tensor(0.0), "For two maps that undo each other")


def gradients_of(cycle_loss, a, b, maps):
    there, back = (m.clone().requires_grad_() for m in maps)
    cycle_loss(a, b, lambda a: torch.tanh(a @ there), lambda b: b @ back).backward()
    return [there.grad, back.grad]


def test_teaches_both(student, reference, same, run, rng):
    """The gradient reaches both generators, along both ways."""
    arguments = setting(rng, 4, 6)
    due = gradients_of(reference.cycle_loss, *arguments)
    same(
        run(probe(gradients_of), student.cycle_loss, *arguments),
        due,
        "The gradients of the two generators",
        parts="generator from A to B, generator from B to A",
    )
