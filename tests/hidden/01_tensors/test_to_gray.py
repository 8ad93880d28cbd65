import torch

LUMA = torch.tensor([0.2126, 0.7152, 0.0722])


def test_one_picture_and_a_batch(student, reference, agree, rng):
    """The channels are weighted and added up, for one picture and for a batch."""
    cases = {
        "one picture": (torch.randn(3, 4, 5, generator=rng), LUMA),
        "a batch": (torch.randn(2, 3, 5, 4, generator=rng), LUMA),
        "a batch of three pictures of 3×3": (torch.randn(3, 3, 3, 3, generator=rng), torch.randn(3, generator=rng)),
        "float64": (torch.randn(3, 2, 4, generator=rng, dtype=torch.float64), LUMA.double()),
        "two channels": (torch.randn(2, 4, 6, generator=rng), torch.randn(2, generator=rng)),
        "a batch with four channels": (torch.randn(2, 4, 3, 5, generator=rng), torch.randn(4, generator=rng)),
        "pictures of one column": (torch.randn(2, 3, 4, 1, generator=rng), LUMA),
        "a single pixel": (torch.randn(3, 1, 1, generator=rng), LUMA),
        "films of one channel": (torch.randn(2, 3, 1, 4, 5, generator=rng), torch.randn(1, generator=rng)),
    }
    agree(student.to_gray, reference.to_gray, cases, dtypes="floating", layouts=["sliced", "expanded"])


def test_arguments_stay(student, pure, rng):
    """Neither the picture nor the weights change, not even in shape."""
    pure(student.to_gray, [(torch.randn(3, 4, 5, generator=rng), LUMA)])
