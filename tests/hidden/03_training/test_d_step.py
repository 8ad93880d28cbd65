import torch

from grader import probe
from grader.asking.tolerances import Tolerance
from grader.asking.variations import expanded, sliced

# five steps of small networks in float64: below 1e-13
ROUNDING = Tolerance(1e-9, 1e-9)


def game(step, who, weights, samples, training=True):
    """Five steps of one player. Gradients lie around at the start, and the mode of a network shows in what it says."""

    class Louder(torch.nn.Module):
        def forward(self, x):
            return 2 * x if self.training else x

    g = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.Tanh(), torch.nn.Linear(3, 2), Louder()).double()
    d = torch.nn.Sequential(torch.nn.Linear(2, 4), torch.nn.Tanh(), torch.nn.Linear(4, 1), Louder()).double()
    g.train(training), d.train(training)
    for p, value in zip([*g.parameters(), *d.parameters()], weights, strict=True):
        with torch.no_grad():
            p.copy_(value)
        p.grad = value.cos()
    player, other = (d, g) if who == "d" else (g, d)
    list(other.parameters())[-1].requires_grad_(False)  # somebody has frozen it
    optimizer = torch.optim.SGD(player.parameters(), lr=0.1, momentum=0.5)
    start = [p.detach().clone() for p in player.parameters()]
    before = [(p.detach().clone(), p.grad.clone()) for p in other.parameters()]
    losses = [step(g, d, *each, optimizer) for each in samples]
    parts = [*g.modules(), *d.modules()]
    moved = [not torch.equal(p, value) for p, value in zip(player.parameters(), start, strict=True)]
    kept = [torch.equal(p, v) for p, (v, _) in zip(other.parameters(), before, strict=True)]
    gradients = [(p.grad, g) for p, (_, g) in zip(other.parameters(), before, strict=True)]
    lost = any(new is None or not bool(new.any()) for new, _ in gradients)
    return {
        "losses": losses,
        "weights": [p.detach().clone() for p in player.parameters()],
        "the player moves": all(moved),
        "the other's parameters stay": all(kept),
        "the other's gradients": "gone"
        if lost
        else "kept"
        if all(torch.equal(*pair) for pair in gradients)
        else "others",
        "the other learns as before": [p.requires_grad for p in other.parameters()],
        "both stay in their mode": all(part.training is training for part in parts),
    }


def setting(rng, who):
    sizes = ((3, 2), (3,), (2, 3), (2,), (4, 2), (4,), (1, 4), (1,))
    weights = [torch.randn(size, generator=rng, dtype=torch.float64) for size in sizes]
    parts = ((5, 7), (4, 3)) if who == "d" else ((7,), (3,))  # real samples and noise, or noise alone
    samples = [[torch.randn(n, 2, generator=rng, dtype=torch.float64) for n in each] for each in parts]
    samples += [[sliced(each) for each in samples[0]], [expanded(each.abs()) for each in samples[1]]]
    return who, weights, [*samples, [each[:1] for each in samples[0]]]


ABLE = [True, True, True, False]  # which of the other's parameters can learn
LEARNS = {"the other learns as before": "parameter"}


@probe
def turns(step, who, *samples):
    g, d = torch.nn.Linear(2, 2).double(), torch.nn.Linear(2, 1).double()
    optimizer = torch.optim.SGD((d if who == "d" else g).parameters(), lr=0.1)
    return [(lambda *samples: step(g, d, *samples, optimizer), *samples)]


def test_discriminator_learns(student, reference, same, run, untouched, rng):
    """D's step: the loss on real samples and fakes, and D's weights after five steps."""
    arguments = setting(rng, "d")
    for mode, training in (("training", True), ("evaluation", False)):
        due = game(reference.d_step, *arguments, training)
        found = run(probe(game), student.d_step, *arguments, training)
        same(
            {k: found[k] for k in ("losses", "weights")},
            {k: due[k] for k in ("losses", "weights")},
            f"After five steps of D with networks in {mode} mode",
            tolerance=ROUNDING,
            parts={"losses": "step", "weights": "parameter"},
        )
    untouched(student.d_step, turns, "d", *arguments[2][0])


def test_generator_learns(student, reference, same, run, untouched, rng):
    """G's step: the loss on the fakes with the target 1, and G's weights after five steps."""
    arguments = setting(rng, "g")
    for mode, training in (("training", True), ("evaluation", False)):
        due = game(reference.g_step, *arguments, training)
        found = run(probe(game), student.g_step, *arguments, training)
        same(
            {k: found[k] for k in ("losses", "weights")},
            {k: due[k] for k in ("losses", "weights")},
            f"After five steps of G with networks in {mode} mode",
            tolerance=ROUNDING,
            parts={"losses": "step", "weights": "parameter"},
        )
    untouched(student.g_step, turns, "g", *arguments[2][0])


def test_discriminator_leaves_the_other_alone(student, same, run, rng):
    """D's step touches neither G's parameters nor their gradients."""
    found = run(probe(game), student.d_step, *setting(rng, "d"))
    keys = (
        "the player moves",
        "the other's parameters stay",
        "the other's gradients",
        "the other learns as before",
        "both stay in their mode",
    )
    due = dict.fromkeys(keys, True) | {"the other's gradients": "kept", "the other learns as before": ABLE}
    same({k: found[k] for k in keys}, due, "What D's step does to G", parts=LEARNS)


def test_generator_leaves_the_other_alone(student, same, run, rng):
    """G's step does not move D's parameters, and leaves those able to learn that could, and no others."""
    found = run(probe(game), student.g_step, *setting(rng, "g"))
    keys = (
        "the player moves",
        "the other's parameters stay",
        "the other learns as before",
        "both stay in their mode",
    )
    due = dict.fromkeys(keys, True) | {"the other learns as before": ABLE}
    same({k: found[k] for k in keys}, due, "What G's step does to D", parts=LEARNS)
