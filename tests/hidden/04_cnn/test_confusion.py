import torch


def test_counts(student, reference, agree, rng):
    """Each pair is counted in the row of its true and the column of its predicted class."""

    def drawn(n, classes, low=0):
        return (*(torch.randint(low, classes, (n,), generator=rng) for _ in range(2)), classes)

    agree(
        student.confusion,
        reference.confusion,
        {
            "many samples": drawn(200, 4),
            "ten classes": drawn(60, 10),
            "many samples of few classes": drawn(3000, 2),
            "classes that do not occur": (torch.tensor([1, 1, 2]), torch.tensor([2, 1, 1]), 5),
            "one sample": (torch.tensor([2]), torch.tensor([0]), 3),
            "two classes": drawn(9, 2),
            "no samples": (torch.tensor([], dtype=torch.int64), torch.tensor([], dtype=torch.int64), 2),
        },
        layouts=("sliced", "expanded"),
    )
