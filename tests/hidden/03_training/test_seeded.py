import torch

from grader import probe
from grader.asking.words import count


def weights(seeded, seeds):
    found = []
    for seed in seeds:
        net = seeded(lambda: torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Linear(4, 1).double()), seed)
        found.append([p.detach().clone() for p in net.parameters()])
    return found


def test_weights_belong_to_the_seed(student, reference, same, run):
    """The weights are those that the seed gives, at every call."""
    seeds = [3, 3, 42, 0]
    same(
        run(probe(weights), student.seeded, seeds),
        weights(reference.seeded, seeds),
        "The weights",
        parts="call: parameter",
    )


@probe
def building(seeded):
    return [(seeded, lambda: torch.nn.Linear(3, 4), 3)]


@probe
def stream(seeded):
    torch.manual_seed(11)
    undisturbed = torch.rand(4)
    torch.manual_seed(11)
    seeded(lambda: torch.nn.Linear(3, 4), 3)
    return torch.equal(undisturbed, torch.rand(4))


def test_common_generator_is_undisturbed(student, same, run, untouched):
    """The random numbers after the call are those that would have come without it."""
    same(run(stream, student.seeded), True, "Whether the next random numbers are undisturbed", about="random numbers")
    untouched(student.seeded, building)


def test_orders(student, expect, same):
    """Every epoch has each sample once."""
    for n, epochs in ((20, 3), (1, 1)):
        orders = expect(student.batch_orders(n, epochs, 7), (list, tuple))
        found = [expect(order, torch.Tensor).sort().values for order in orders]
        same(found, [torch.arange(n)] * epochs, f"The sorted orders of {count(epochs, 'epoch')}", parts="epoch")


@probe
def ordering(batch_orders):
    return [(batch_orders, 6, 2, 3)]


@probe
def compared(batch_orders, seed):
    first, again, other = (batch_orders(30, 3, number) for number in (seed, seed, seed + 1))
    turned = [torch.equal(first[0].roll(k), order) for order in first[1:] for k in range(30)]
    return {
        "one order, only turned or backwards": any(turned) or torch.equal(first[0].flip(0), first[1]),
        "one seed, the same list": all(torch.equal(a, b) for a, b in zip(first, again, strict=True)),
        "two epochs, the same order": torch.equal(first[0], first[1]) or torch.equal(first[1], first[2]),
        "two seeds, the same list": all(torch.equal(a, b) for a, b in zip(first, other, strict=True)),
    }


def test_same_again_but_not_every_epoch(student, same, run, untouched):
    """The same seed gives the same list; two epochs, and two seeds, differ."""
    due = {
        "one order, only turned or backwards": False,
        "one seed, the same list": True,
        "two epochs, the same order": False,
        "two seeds, the same list": False,
    }
    for seed in (5, 0):
        same(
            run(compared, student.batch_orders, seed), due, f"The orders of 30 samples for the seed {seed} and the next"
        )
    untouched(student.batch_orders, ordering, but=["random numbers"])
