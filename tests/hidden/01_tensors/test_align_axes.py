import torch


def test_missing_axes_get_size_one(student, reference, agree, rng):
    """Axes that are missing appear with size 1 at their place."""
    cases = [
        (torch.rand(3, generator=rng), "c", "chw"),
        (torch.rand(4, generator=rng), "h", "chw"),
        (torch.rand(4, 5, generator=rng), "nw", "nchw"),
        (torch.randint(0, 9, (4, 5), generator=rng), "hw", "chw"),
    ]
    agree(student.align_axes, reference.align_axes, cases, dtypes="any", single=[0])


def test_axes_change_places(student, reference, agree, rng):
    """Axes that stand in another order are moved, not dealt out anew."""
    cases = [
        (torch.rand(4, 3, generator=rng), "wc", "chw"),
        (torch.rand(2, 3, 4, generator=rng), "hwc", "chw"),
        (torch.rand(2, 3, 4, generator=rng), "wnc", "nchw"),
    ]
    agree(student.align_axes, reference.align_axes, cases)
