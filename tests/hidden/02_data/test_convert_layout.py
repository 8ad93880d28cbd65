import torch


def tensors(rng):
    four, five = torch.rand(2, 3, 4, 5, generator=rng), torch.rand(2, 3, 4, 5, 6, generator=rng)
    return {
        "NHWC to NCHW": (four, "NHWC", "NCHW"),
        "CHWN to NCHW": (four, "CHWN", "NCHW"),
        "NCHW to NHWC": (four, "NCHW", "NHWC"),
        "THWC to CTHW": (four, "THWC", "CTHW"),
        "NTHWC to NCTHW": (five, "NTHWC", "NCTHW"),
        "HWC to CHW, as high as wide, below zero": (-torch.rand(4, 4, 3, generator=rng), "HWC", "CHW"),
        "HW to WH": (torch.rand(2, 3, generator=rng), "HW", "WH"),
        "NCDHW to DHWNC": (five, "NCDHW", "DHWNC"),
        "XAY to YXA": (torch.rand(3, 2, 4, generator=rng), "XAY", "YXA"),
        "CHW to CHW": (four[0], "CHW", "CHW"),
        "HWC to CHW, uint8": ((255 * four[0]).to(torch.uint8), "HWC", "CHW"),
    }


def test_every_axis_goes_where_its_letter_is(student, reference, agree, rng):
    """Each axis goes where its letter stands, for batches, single pictures and films."""
    agree(
        student.convert_layout,
        reference.convert_layout,
        tensors(rng),
        dtypes="any",
        layouts=["sliced", "expanded"],
        single=[0, -1],
    )


def test_nothing_is_copied(student, shares, rng):
    """The result shares the memory of the tensor."""
    shares(student.convert_layout, tensors(rng))


def test_other_letters_are_refused(student, refuses, rng):
    """Layouts with different letters raise ValueError."""
    t = torch.rand(2, 3, 1, generator=rng)
    wanted = ("HW", "NCHW", "CHT", "TWC", "HTC", "HWT", "WHT")
    cases = {f"HWC to {want}": (t, "HWC", want) for want in wanted}
    refuses(student.convert_layout, cases, ValueError)
