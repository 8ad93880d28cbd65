import torch

MEAN, STD = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])


def normalised(rng, *shape):
    unit = torch.rand(3, *shape, generator=rng)
    return ((unit - MEAN[:, None, None]) / STD[:, None, None], MEAN, STD)


def test_colour(student, reference, agree, rng):
    """A colour picture comes back as (H, W, 3), with the values before the normalisation."""
    agree(
        student.for_imshow,
        reference.for_imshow,
        [normalised(rng, 4, 6), normalised(rng, 5, 3), normalised(rng, 4, 4)],
        layouts=["sliced", "expanded"],
        single=[-1],
    )


def test_grey(student, reference, agree, rng):
    """A grey picture comes back as (H, W)."""
    cases = [(torch.rand(1, 4, 5, generator=rng) * 2 - 1, torch.tensor([m]), torch.tensor([0.5])) for m in (0.5, 0.4)]
    cases.append((torch.tensor([[[-1.0, 0.0, 1.0]]]), torch.tensor([0.5]), torch.tensor([0.5])))
    agree(student.for_imshow, reference.for_imshow, cases)


def test_limits(student, reference, agree, rng):
    """What lies outside is limited to 0…1; what lies inside is not stretched."""
    half = torch.full((3,), 0.5)
    cases = {
        "values beyond the limits": (3 * torch.randn(3, 4, 5, generator=rng), half, half),
        "a bright picture": (torch.rand(3, 4, 5, generator=rng), half, half),
        "a dim picture": (-torch.rand(3, 4, 5, generator=rng) * 0.5, half, half),
    }
    agree(student.for_imshow, reference.for_imshow, cases)


def test_picture_stays(student, pure, rng):
    """The picture that was passed stays as it was."""
    pure(student.for_imshow, [normalised(rng, 4, 6)])
