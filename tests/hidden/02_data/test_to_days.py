import torch


def tables(rng):
    return {
        "days of 24 hours": (torch.rand(72, 5, generator=rng),),
        "weeks of 168 hours": (torch.rand(336, 2, generator=rng), 168),
        "as many channels as hours": (torch.rand(16, 4, generator=rng), 4),
        "a single day": (torch.rand(24, 3, generator=rng), 24),
        "numbers below zero": (-torch.rand(48, 3, generator=rng),),
        "as many hours as channels": (torch.rand(4, 4, generator=rng), 2),
        "whole numbers": (torch.randint(0, 900, (48, 2), generator=rng),),
    }


def test_every_hour_in_its_place(student, reference, agree, rng):
    """Element [d, c, h] is row d · hours + h, column c of the table."""
    agree(student.to_days, reference.to_days, tables(rng), layouts=(), dtypes="any", single=[1])


def test_nothing_is_copied(student, shares, rng):
    """The days share the memory of the table."""
    shares(student.to_days, tables(rng))


def test_broken_days_are_refused(student, refuses, rng):
    """Rows that do not make whole days raise ValueError."""
    cases = {
        "50 rows": (torch.rand(50, 3, generator=rng),),
        "7 rows, 3 to a day": (torch.rand(7, 2, generator=rng), 3),
        "half a day of 24 numbers": (torch.rand(12, 2, generator=rng),),
    }
    refuses(student.to_days, cases, ValueError)
