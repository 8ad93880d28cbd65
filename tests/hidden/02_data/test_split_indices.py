import torch

from grader import probe
from grader.asking.variations import sliced


def test_parts_of_the_permutation(student, reference, agree):
    """The permutation of the seed is cut: int(fraction · n) at its end for validation, the rest for training."""
    cases = {
        "11 samples, 0.2": (11, 0.2, 0),
        "11 samples, 0.25": (11, 0.25, 5),
        "10 samples, 0.5": (10, 0.5, 3),
        "100 samples, 0.1": (100, 0.1, 42),
        "another seed": (100, 0.1, 43),
        "the first seed once more": (100, 0.1, 42),
    }
    agree(student.split_indices, reference.split_indices, cases, parts="training part, validation part")


def test_no_validation(student, reference, agree):
    """When int(fraction · n) is 0, everything is for training."""
    agree(
        student.split_indices,
        reference.split_indices,
        [(3, 0.2, 1), (5, 0.0, 2)],
        parts="training part, validation part",
    )


@probe
def shared_draws(f, seed):
    draws = []
    for split in (False, True):
        torch.manual_seed(seed)
        torch.rand(2)
        if split:
            f(20, 0.3, 7)
        draws.append(torch.rand(3))
    return draws


def test_shared_generator(student, same, run):
    """The shared generator goes on as if nothing had happened."""
    without, after = run(shared_draws, student.split_indices, 5)
    same(after, without, "What `torch.rand` draws after the call", about="random numbers")


PARTS = "inputs, targets, samples for training, a graph"


@probe
def splitting(f, x, y):
    return [(lambda x, y: f(x, y, 0.3, 2), x, y)]


@probe
def pairs(f, x, y):
    """All samples in the order of their targets, and how many are for training."""
    train_x, train_y, validation_x, validation_y = f(x, y, 0.3, 2)
    order = torch.cat([train_y, validation_y]).argsort()
    whole = torch.cat([train_x, validation_x])[order]
    return [whole, torch.cat([train_y, validation_y])[order], len(train_x), whole.requires_grad]


def test_pairs_of_any_kind(student, same, run, untouched, rng):
    """`split_pairs` keeps dtypes and shapes, and each target with its input, however they lie in memory."""
    x = torch.randperm(70, generator=rng).reshape(7, 5, 2) - 35
    kinds = (torch.float32, torch.float64, torch.float16, torch.int32, torch.bool)
    for given in (
        *(x.to(kind) for kind in kinds),
        (x + 35).to(torch.uint8),
        sliced(x),
        x[:, :1, :1],
        x[0, 0, 0].expand(7, 2),
        x[:, 0, :1],
        x[:, 0, 0],
        x[:, :3, [0, 1, 0]],
    ):
        targets = torch.randperm(len(given), generator=rng)
        due = targets.argsort()
        found = run(pairs, student.split_pairs, given, sliced(targets))
        train = len(given) - int(0.3 * len(given))
        same(found, [given[due], targets[due], train, False], f"The samples of {given.dtype}", parts=PARTS)
    untouched(student.split_pairs, splitting, x.float(), x.float())


@probe
def dealt(f, y):
    """The targets put back into their order, and whether the parts stand in the order of the table."""
    x = torch.arange(len(y))
    train_x, train_y, validation_x, validation_y = f(x, y, 0.4, 6)
    order = torch.cat([train_x, validation_x])
    rising = all(torch.equal(part, part.sort().values) for part in (train_x, validation_x))
    return [torch.cat([train_y, validation_y])[order.argsort()], rising]


def test_any_targets_in_any_order(student, same, run, rng):
    """`split_pairs` leaves the parts shuffled, and keeps dtype and shape of the targets."""
    for y, name in (
        (torch.rand(30, generator=rng, dtype=torch.float64), "numbers in float64"),
        (torch.rand(30, 2, 3, generator=rng), "pictures"),
        (torch.rand(30, 1, generator=rng) < 0.5, "a column of yes and no"),
    ):
        found = run(dealt, student.split_pairs, y)
        same(found, [y, False], f"With {name} for targets", parts="targets, whether they stand in the table's order")


@probe
def properties(f, n, fraction, seed):
    x = torch.arange(2 * n).reshape(n, 2)
    parts = f(x, 10 * x[:, 0], fraction, seed)
    train_x, train_y, validation_x, validation_y = parts
    return {
        "how many of each": [len(part) for part in parts],
        "training pairs intact": torch.equal(10 * train_x[:, 0], train_y),
        "validation pairs intact": torch.equal(10 * validation_x[:, 0], validation_y),
        "every sample once": torch.equal(torch.cat([train_x, validation_x])[:, 0].sort().values, x[:, 0]),
        "shuffled": not torch.equal(torch.cat([train_x, validation_x]), x),
    }


def test_pairs(student, same, run):
    """`split_pairs` deals every sample out once, and keeps each target with its input."""
    due = {
        "how many of each": [35, 35, 15, 15],
        "training pairs intact": True,
        "validation pairs intact": True,
        "every sample once": True,
        "shuffled": True,
    }
    same(run(properties, student.split_pairs, 50, 0.3, 11), due, "For 50 samples")
