import torch

from grader import probe

NAMES = {0: "Sandal", 1: "Sneaker", 2: "Ankle boot"}


def batches(rng, *sizes, shape=(1, 2, 2)):
    return [(torch.randn(n, *shape, generator=rng), torch.randint(0, 3, (n,), generator=rng)) for n in sizes]


def test_first_samples(student, reference, agree, rng):
    """The first n samples come one by one with their names, whatever the size of the batches."""
    cases = {
        "batches of four": (batches(rng, 4, 4, 4), 6, NAMES),
        "batches of one": (batches(rng, 1, 1, 1, 1, 1), 3, NAMES),
        "a number for each": (batches(rng, 3, 3, shape=()), 4, NAMES),
        "whole batches": (batches(rng, 3, 3, 2), 6, NAMES),
        "a vector of one for each": (batches(rng, 2, 3, shape=(1,)), 4, NAMES),
        "numbers above zero": ([(pictures.abs(), labels) for pictures, labels in batches(rng, 3, 1)], 4, NAMES),
        "fewer than a batch": (batches(rng, 5, 5), 2, NAMES),
        "batches of different sizes": (batches(rng, 4, 1, 2, 1, 3, 3), 9, NAMES),
        "labels in another order": (batches(rng, 3, 3), 5, {2: "Coat", 0: "Dress", 1: "Shirt", 7: "Bag"}),
    }
    agree(
        student.collect,
        reference.collect,
        cases,
        parts="sample: picture, name",
        dtypes="any",
        layouts=["sliced", "expanded"],
    )


def test_short_loaders(student, reference, agree, rng):
    """A loader with fewer samples gives all that it has."""
    cases = [(batches(rng, 2, 1), 10, NAMES), (batches(rng, 4, 4, 3), 12, NAMES)]
    agree(student.collect, reference.collect, cases, parts="sample: picture, name")


@probe
def endless(f, n, names):
    taken = [0]

    def loader():
        while taken[0] < 60:
            taken[0] += 1
            yield torch.full((2, 1, 2, 2), float(taken[0])), torch.tensor([0, 1])

    found = f(loader(), n, names)
    batches = [int(picture.flatten()[0]) for picture, _ in found]
    return {"batches of the samples": batches, "no more batches than needed": taken[0] <= n // 2 + 2}


def test_endless_loader(student, same, run):
    """From an endless loader, a generator, come the first samples, and no more is taken than needed."""
    found = run(endless, student.collect, 6, NAMES)
    due = {"batches of the samples": [1, 1, 2, 2, 3, 3], "no more batches than needed": True}
    same(found, due, "For six samples of an endless loader with batches of two", parts="sample")
