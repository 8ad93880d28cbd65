import torch


def wines(rng, *scores):
    quality = torch.tensor(scores)[torch.randperm(len(scores), generator=rng)]
    return torch.cat([torch.randn(len(scores), 4, generator=rng), quality.float().unsqueeze(1)], dim=1)


def test_three_means(student, reference, agree, rng):
    """The rows of the result are the means of the measurements over the bad, the middling and the good samples."""
    scores = torch.tensor([[7.0], [3.0], [5.0], [9.0]])
    one = torch.tensor([[2.0, 7.0], [0.5, 3.0], [-1.0, 5.0], [4.0, 9.0]])
    cases = {
        "low 3 and high 7": (wines(rng, 2, 2, 3, 1, 4, 5, 6, 6, 5, 8, 9, 7, 8), 3, 7),
        "as many measurements as wines": (torch.cat([torch.rand(4, 4, generator=rng), scores], dim=1), 4, 6),
        "a single measurement": (one, 4, 6),
        "measurements that are all like the quality": (scores.expand(4, 3), 4, 6),
        "as many columns as wines": (wines(rng, 9, 4, 5, 6, 2), 3, 7),
        "low 4 and high 6": (wines(rng, 3, 4, 2, 5, 5, 5, 9, 6, 7, 8), 4, 6),
    }
    agree(student.group_means, reference.group_means, cases)


def test_boundaries(student, reference, agree, rng):
    """A quality of exactly `low` is bad, one of exactly `high` is good."""
    cases = {
        "no quality below low or above high": (wines(rng, 3, 3, 5, 4, 6, 7, 7, 7), 3, 7),
        "one sample in each group": (wines(rng, 4, 5, 6), 4, 6),
        "scores of 0 and below": (wines(rng, -2, 0, 0, 1, 2, 3), 0, 2),
    }
    agree(student.group_means, reference.group_means, cases)
