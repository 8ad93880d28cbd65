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
