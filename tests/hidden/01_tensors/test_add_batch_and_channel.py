import torch


def test_two_axes_in_front(student, reference, agree, rng):
    """The two new axes stand in front, for any size of picture."""
    cases = [(torch.randn(5, 4, generator=rng),), (torch.randint(0, 9, (1, 3), generator=rng),)]
    cases += [(torch.randn(4, 4, generator=rng),), (torch.randn(1, 1, generator=rng),)]
    agree(
        student.add_batch_and_channel,
        reference.add_batch_and_channel,
        cases,
        dtypes="any",
        layouts=["sliced", "expanded"],
        single=[0, 1],
    )


def test_shares(student, shares, rng):
    """The picture is not copied, however it lies in memory."""
    image = torch.randn(5, 4, generator=rng)
    shares(student.add_batch_and_channel, {"": (image,), "a transpose": (image.T,), "a part": (image[1:4, ::2],)})


def test_argument_stays(student, pure, rng):
    """The picture that was passed keeps its shape."""
    pure(student.add_batch_and_channel, [(torch.randn(5, 4, generator=rng),)])
