import torch


def pictures(rng):
    return [
        (torch.randn(4, 6, 3, generator=rng),),
        (torch.randint(0, 9, (5, 5, 2), generator=rng),),
        (torch.randn(3, 4, 4, generator=rng),),
    ]


def test_axes_move(student, reference, agree, rng):
    """Every pixel keeps its row and its column; the channel comes first."""
    agree(
        student.hwc_to_chw,
        reference.hwc_to_chw,
        pictures(rng),
        dtypes="any",
        layouts=["sliced", "expanded"],
        single=[0, 2],
    )


def test_shares(student, shares, rng):
    """The picture is not copied, however it lies in memory."""
    image = torch.randn(4, 6, 3, generator=rng)
    shares(student.hwc_to_chw, [*pictures(rng), (image.transpose(0, 1),), (image[1:, ::2],), (image[:, :, :1],)])
