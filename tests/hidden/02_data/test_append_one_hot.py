import torch


def days(rng, n, channels, hours, channel, codes):
    x = torch.rand(n, channels, hours, generator=rng)
    x[:, channel] = torch.randint(1, codes + 1, (n, hours), generator=rng).float()
    return x


def below(rng):
    x = days(rng, 2, 3, 5, 1, 3)
    x[:, 0] -= 2
    return x


def cases(rng):
    return {
        "a code 4 that does not occur": (days(rng, 3, 4, 6, 2, 3), 2, 4),
        "several days": (days(rng, 4, 5, 24, 1, 4), 1, 4),
        "as many codes as channels and hours": (days(rng, 3, 4, 4, 3, 4), 3, 4),
        "channels below zero": (below(rng), 1, 3),
        "a single day": (days(rng, 1, 2, 7, 0, 3), 0, 3),
    }


def test_the_slots(student, reference, agree, rng):
    """The channels stay, and n more follow, with the 1 of code k in the k-th of them."""
    agree(student.append_one_hot, reference.append_one_hot, cases(rng), layouts=["sliced", "expanded"], single=[2])


def test_days_stay(student, pure, rng):
    """The days that were passed stay as they were."""
    pure(student.append_one_hot, cases(rng))
