import torch


def test_counts(student, reference, agree, rng):
    """There is a count for each of n classes, also for those that do not occur."""
    cases = {
        "a class in the middle that does not occur": (torch.tensor([0, 3, 1, 0, 3, 3]), 4),
        "classes of which the highest do not occur": (torch.randint(0, 4, (30,), generator=rng), 6),
        "one sample": (torch.tensor([2]), 3),
        "no samples": (torch.zeros(0, dtype=torch.int64), 3),
        "ten classes": (torch.randint(0, 10, (80,), generator=rng), 10),
    }
    agree(student.class_counts, reference.class_counts, cases, layouts=["sliced", "expanded"])


def test_weights(student, reference, agree, rng):
    """The rarer a class, the larger its weight; a balanced set has weights of 1."""
    counts = torch.randint(1, 200, (5,), generator=rng)
    agree(
        student.class_weights,
        reference.class_weights,
        {"five": (counts,), "balanced": (torch.tensor([6, 6, 6]),), "one class": (torch.tensor([4]),)},
        layouts=["sliced", "expanded"],
    )


def test_weights_of_empty_classes(student, reference, agree):
    """A class without samples has the weight 0, and still counts among the n."""
    agree(student.class_weights, reference.class_weights, [(torch.tensor([4, 0, 2]),), (torch.tensor([0, 0, 5, 1]),)])
