import torch


def batches(rng):
    bright = torch.tensor([0.1, 0.5, 0.8, 0.3]).reshape(4, 1, 1, 1)
    return {
        "pictures of different brightness": (bright + 0.2 * torch.rand(4, 3, 5, 6, generator=rng),),
        "grey pictures": (torch.rand(3, 1, 4, 4, generator=rng),),
        "values below zero": (torch.randn(2, 3, 4, 4, generator=rng),),
        "a batch of one": (torch.rand(1, 2, 3, 5, generator=rng) * 9,),
    }


def with_statistics(rng):
    mean, std = torch.tensor([0.4, 0.5, 0.1]), torch.tensor([0.2, 0.3, 0.7])
    return {
        "a batch": (torch.rand(2, 3, 4, 5, generator=rng), mean, std),
        "pictures that are three pixels wide": (torch.rand(2, 3, 4, 3, generator=rng), mean, std),
        "a single picture": (torch.rand(3, 4, 3, generator=rng), mean, std),
        "values below zero": (torch.randn(2, 3, 4, 4, generator=rng), mean, std),
        "one channel": (torch.rand(3, 1, 2, 2, generator=rng), mean[:1], std[:1]),
        "float64": (torch.rand(2, 3, 2, 4, generator=rng, dtype=torch.float64), mean.double(), std.double()),
    }


def test_statistics(student, reference, agree, rng):
    """`channel_stats` gives one mean and one standard deviation per channel, over all pictures and pixels."""
    agree(
        student.channel_stats,
        reference.channel_stats,
        batches(rng),
        dtypes="floating",
        layouts=["sliced", "expanded"],
        single=[3],
        parts="mean, standard deviation",
    )


def test_normalise(student, reference, agree, rng):
    """`normalise` uses the statistics it is given, channel by channel, for batches and for single pictures."""
    agree(
        student.normalise,
        reference.normalise,
        with_statistics(rng),
        dtypes="floating",
        layouts=["sliced", "expanded"],
        single=[0, 3],
    )


def test_pictures_stay(student, pure, rng):
    """`normalise` leaves the pictures that were passed as they were."""
    pure(student.normalise, with_statistics(rng))
