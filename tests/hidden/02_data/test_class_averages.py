import torch

from grader import probe


def batches(rng, n, *sizes, shape=(1, 3, 2)):
    """Batches whose labels are all n classes, in an order of their own, again and again."""
    labels = torch.randperm(n, generator=rng).repeat(sum(sizes))[: sum(sizes)]
    pictures = torch.randn(sum(sizes), *shape, generator=rng)
    return list(zip(pictures.split(list(sizes)), labels.split(list(sizes)), strict=True))


def test_averages(student, reference, agree, rng):
    """`class_averages` is the mean of all pictures of each class, whatever the size of the batches."""
    uneven = batches(rng, 3, 6, 3)
    uneven.append((torch.randn(5, 1, 3, 2, generator=rng), torch.tensor([2, 2, 0, 2, 2])))
    cases = {
        "three classes": (batches(rng, 3, 4, 4, 4), 3),
        "batches that lack classes": (batches(rng, 4, 2, 1, 3, 2), 4),
        "a class that is frequent": (uneven, 3),
        "vectors": (batches(rng, 3, 5, 2, shape=(4,)), 3),
        "numbers alone": (batches(rng, 2, 3, 3, shape=()), 2),
        "ten classes, as many pictures as numbers": (batches(rng, 10, 6, 6, shape=(2, 3)), 10),
        "one class": (batches(rng, 1, 3, 1, shape=(2, 2)), 1),
        "bright pictures": ([(picture + 50, label) for picture, label in batches(rng, 3, 5, 4)], 3),
    }
    agree(
        student.class_averages,
        reference.class_averages,
        cases,
        layouts=["sliced", "expanded"],
        single=[-1],
    )


@probe
def from_a_stream(f, given, n):
    return f((batch for batch in given), n)


def test_one_pass(student, reference, same, run, rng):
    """The batches may come from a generator, which can be gone through once."""
    given = batches(rng, 3, 4, 4, 1)
    got = run(from_a_stream, student.class_averages, given, 3)
    same(got, reference.class_averages(given, 3), "For batches from a generator")


def test_nearest(student, reference, agree, rng):
    """`nearest_average` finds the nearest average for each picture, over all its numbers."""
    cases = {
        "grey pictures": (torch.randn(9, 1, 4, 3, generator=rng), torch.randn(5, 1, 4, 3, generator=rng)),
        "colours": (torch.rand(4, 3, 2, 2, generator=rng), torch.rand(4, 3, 2, 2, generator=rng)),
        "vectors": (torch.randn(6, 3, generator=rng), torch.randn(2, 3, generator=rng)),
        "one picture": (torch.randn(1, 2, 2, generator=rng), torch.randn(7, 2, 2, generator=rng)),
        "averages of different size": (
            torch.randn(8, 2, 2, generator=rng),
            torch.arange(6.0).reshape(6, 1, 1) * torch.ones(2, 2),
        ),
        "pictures that are averages": (torch.eye(4).reshape(4, 2, 2), torch.eye(4).flip(0).reshape(4, 2, 2)),
        "pictures that are all alike": (
            torch.randn(1, 2, 3, generator=rng).expand(4, 2, 3),
            torch.randn(3, 2, 3, generator=rng),
        ),
        "pictures of one number": (torch.randn(5, 1, generator=rng), torch.randn(3, 1, generator=rng)),
        "one average": (torch.randn(3, 2, 2, generator=rng), torch.randn(1, 2, 2, generator=rng)),
    }
    agree(student.nearest_average, reference.nearest_average, cases)


@probe
def of_digits(average, nearest):
    """Which share of the digits put aside is told by averages of the others."""
    with np.load("data/digits.npz") as file:  # noqa: F821
        pictures, labels = torch.from_numpy(file["images"]) / 16, torch.from_numpy(file["labels"]).long()
    order = torch.randperm(len(labels), generator=torch.Generator().manual_seed(11))
    train, aside = order[:1400], order[1400:]
    averages = average(zip(pictures[train].split(64), labels[train].split(64), strict=True), 10)
    return (nearest(pictures[aside], averages) == labels[aside]).double().mean().item()


def test_digits_put_aside(student, expect, demand, run):
    """Together they read handwritten digits that the averages have not seen: most of them, not all."""
    share = expect(run(of_digits, student.class_averages, student.nearest_average), float)
    said = f"Of the digits put aside, {100 * share:.0f} of 100 were read rightly; averages get between 82 and 97."
    demand(0.82 < share < 0.97, said)
