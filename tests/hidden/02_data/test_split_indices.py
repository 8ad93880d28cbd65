import torch

from grader import probe


def test_parts_of_the_permutation(student, reference, agree):
    """The permutation of the seed is cut: int(fraction · n) at its end for validation, the rest for training."""
    cases = {
        "11 samples, 0.2": (11, 0.2, 0),
        "11 samples, 0.25": (11, 0.25, 5),
        "10 samples, 0.5": (10, 0.5, 3),
        "100 samples, 0.1": (100, 0.1, 42),
        "another seed": (100, 0.1, 43),
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
        if split:
            f(20, 0.3, 7)
        draws.append(torch.rand(3))
    return draws


def test_shared_generator(student, same, run):
    """The shared generator goes on as if nothing had happened."""
    without, after = run(shared_draws, student.split_indices, 5)
    same(after, without, "What `torch.rand` draws after the call", about="random numbers")


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
