import torch

from grader import alternative


@alternative("one number after the other")
def evenly(start, stop, step):
    numbers = []
    while start + len(numbers) * step < stop:
        numbers.append(start + len(numbers) * step)
    return torch.tensor(numbers, dtype=torch.float32)


@alternative("compares in single precision")
def evenly(start, stop, step):
    numbers = torch.arange(start, stop, step, dtype=torch.float32)
    return numbers[numbers < stop]


@alternative("exact fractions")
def evenly(start, stop, step):
    from fractions import Fraction

    a, b, s = (Fraction(str(v)) for v in (start, stop, step))
    numbers = []
    while a < b:
        numbers.append(float(a))
        a += s
    return torch.tensor(numbers, dtype=torch.float32)
