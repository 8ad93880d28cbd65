import torch

from grader import probe


@probe
def disturbed(split_indices):
    before = torch.get_rng_state()
    split_indices(11, 0.2, 0)
    return not torch.equal(before, torch.get_rng_state())


def test_eleven_samples(student, same, expect):
    """Of 11 samples, two are for validation; together they are 0 to 10."""
    parts = expect(student.split_indices(11, 0.2, 0), (tuple, list))
    same([len(part) for part in parts], [9, 2], "The lengths of the parts")
    same(torch.cat(list(parts)).sort().values, torch.arange(11), "All indices together")


def test_pairs_stay_together(student, same, expect):
    """Where each target is its input, it still is after the split; and another seed deals out otherwise."""
    x = torch.arange(11)
    train_x, train_y, other_x, other_y = expect(student.split_pairs(x, x, 0.2, 0), (tuple, list))
    same((train_y, other_y), (train_x, other_x), "The targets, beside their inputs")
    first, second = (student.split_indices(11, 0.2, seed)[0] for seed in (0, 1))
    same(torch.equal(first, second), False, "Whether the seeds 0 and 1 give the same split")


def test_the_common_generator(student, same, run):
    """PyTorch's common generator does not notice."""
    same(
        run(disturbed, student.split_indices), False, "Whether the common generator has changed", about="random numbers"
    )
