import torch

from grader.asking.words import count


def scored(rng, n, k, size=2.0):
    scores = size * torch.randn(n, k, generator=rng, dtype=torch.float64)
    return scores, torch.randint(k, (n,), generator=rng)


EXTREME = torch.tensor([[1000.0, -1000.0, 0.0], [0.0, 1.0, 2.0], [-1000.0, -1000.0, -999.0]])


def test_log_softmax(student, reference, agree, rng):
    """`log_softmax` works row by row and stays finite."""
    cases = {
        "moderate scores": (scored(rng, 6, 4)[0],),
        "as many rows as classes": (scored(rng, 3, 3)[0],),
        "extreme scores": (EXTREME,),
        "scores above zero": (scored(rng, 4, 3)[0].abs(),),
    }
    agree(
        student.log_softmax,
        reference.log_softmax,
        cases,
        dtypes="floating",
        layouts=["sliced", "expanded"],
        single=[0, 1],
        graph=True,
    )


def test_nll(student, reference, agree, rng):
    """`nll` is minus the mean of what the true classes got."""
    cases = {}
    for n, k in ((7, 3), (4, 4), (1, 5), (3, 1)):
        scores, y = scored(rng, n, k)
        cases[f"{count(n, 'row')} and {count(k, 'class')}"] = (torch.log_softmax(scores, dim=1), y)
    cases["the first class alone"] = (torch.log_softmax(scored(rng, 4, 3)[0], dim=1), torch.zeros(4, dtype=torch.int64))
    agree(student.nll, reference.nll, cases, dtypes="floating", layouts=["sliced", "expanded"], graph=True)


def test_cross_entropy(student, reference, agree, rng):
    """`cross_entropy` takes raw scores."""
    cases = {
        "moderate scores": scored(rng, 8, 3),
        "a single row": scored(rng, 1, 4),
        "a single class": scored(rng, 3, 1),
        "the first class alone": (scored(rng, 4, 3)[0], torch.zeros(4, dtype=torch.int64)),
        "extreme scores": (EXTREME, torch.tensor([1, 2, 0])),
    }
    agree(
        student.cross_entropy,
        reference.cross_entropy,
        cases,
        dtypes="floating",
        layouts=["sliced", "expanded"],
        graph=True,
    )
