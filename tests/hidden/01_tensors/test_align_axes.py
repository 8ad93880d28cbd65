import torch


def test_missing_axes_get_size_one(student, reference, agree, rng):
    """Axes that are missing appear with size 1 at their place."""
    cases = [
        (torch.randn(3, generator=rng), "c", "chw"),
        (torch.randn(4, generator=rng), "h", "chw"),
        (torch.randn(4, 5, generator=rng), "nw", "nchw"),
        (torch.randint(0, 9, (4, 5), generator=rng), "hw", "chw"),
    ]
    agree(student.align_axes, reference.align_axes, cases, dtypes="any", layouts=["sliced", "expanded"], single=[0, -1])


def test_axes_change_places(student, reference, agree, rng):
    """Axes that stand in another order are moved, not dealt out anew."""
    cases = [
        (torch.randn(4, 3, generator=rng), "wc", "chw"),
        (torch.randn(2, 3, 4, generator=rng), "hwc", "chw"),
        (torch.randn(4, 1, generator=rng), "wc", "chw"),
        (torch.randn(2, 3, 4, generator=rng), "wnc", "nchw"),
    ]
    agree(student.align_axes, reference.align_axes, cases)
