import torch


def test_every_pair(student, reference, agree, rng):
    """Row i of the first with row j of the second stands at [i, j]."""
    agree(
        student.pairwise_dots,
        reference.pairwise_dots,
        {
            "different counts": (torch.randn(3, 4, generator=rng), torch.randn(5, 4, generator=rng)),
            "equal counts": (torch.randn(3, 2, generator=rng), torch.randn(3, 2, generator=rng)),
            "square matrices": (torch.randn(4, 4, generator=rng), torch.randn(4, 4, generator=rng)),
            "float64": (torch.randn(2, 3, generator=rng).double(), torch.randn(3, 3, generator=rng).double()),
            "one number a row": (torch.randn(3, 1, generator=rng), torch.randn(2, 1, generator=rng)),
            "one number each": (torch.randn(1, 1, generator=rng), torch.randn(1, 1, generator=rng)),
            "one row each": (torch.randn(1, 3, generator=rng), torch.randn(1, 3, generator=rng)),
        },
        dtypes="floating",
        layouts=["sliced", "expanded"],
    )


def test_batches(student, reference, agree, rng):
    """In two batches each matrix meets the one at its own place."""
    agree(
        student.pairwise_dots,
        reference.pairwise_dots,
        {
            # first, since here any two axes may be swapped and the shape is right
            "all sizes equal": (torch.randn(3, 3, 3, generator=rng), torch.randn(3, 3, 3, generator=rng)),
            "different counts": (torch.randn(2, 3, 4, generator=rng), torch.randn(2, 5, 4, generator=rng)),
            "as many matrices as rows": (torch.randn(3, 3, 2, generator=rng), torch.randn(3, 3, 2, generator=rng)),
            "square matrices": (torch.randn(2, 4, 4, generator=rng), torch.randn(2, 4, 4, generator=rng)),
            "a batch of one": (torch.randn(1, 2, 3, generator=rng), torch.randn(1, 4, 3, generator=rng)),
            "one row each": (torch.randn(2, 1, 3, generator=rng), torch.randn(2, 1, 3, generator=rng)),
        },
        dtypes="floating",
        layouts=["sliced", "expanded"],
    )
