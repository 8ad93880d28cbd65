import math

import torch

from grader import mistake


@mistake("MT29", "Includes the end", hint="`torch.range` goes up to the end and is deprecated for it; `arange` leaves the end out.")
def evenly(start, stop, step):
    return torch.arange(start, stop + step, step, dtype=torch.float32)


@mistake("MT69", "Gives integers for integer arguments", hint="From three ints, `arange` infers int64. The dtype was to be float32 always.")
def evenly(start, stop, step):
    return torch.arange(start, stop, step)


@mistake("MT70", "Takes the step for a number of steps", hint="The third argument of `linspace` is how many numbers; here it is how far apart they are.")
def evenly(start, stop, step):
    return torch.linspace(start, stop, max(int(step), 1))


@mistake("MT201", "Lets rounding bring the end back", hint="`arange(1, 1.3, 0.1)` has four numbers, because 0.1 is not exactly a tenth. Keep only what is below `stop`.")
def evenly(start, stop, step):
    return torch.arange(start, stop, step, dtype=torch.float32)


@mistake("MT316", "Rounds the number of steps to the nearest", hint="A last step that fits partly still begins below `stop`: evenly(0, 1, 0.4) has three numbers.")
def evenly(start, stop, step):
    n = max(round((stop - start) / step), 0)
    return start + step * torch.arange(n, dtype=torch.float32)


@mistake("MT427", 'Adds the step again and again', hint='Rounding errors add up: ten steps of 0.1 end just below 1. Multiply the step by 0, 1, 2, … instead.')
def evenly(start, stop, step):
    numbers, x = [], start
    while x < stop:
        numbers.append(x)
        x += step
    return torch.tensor(numbers, dtype=torch.float32)


@mistake("MT428", 'Drops a last number that is merely near the stop', hint='`isclose` compares with the size of the numbers: 99999.5 is close to 100000, and still half a unit below it.')
def evenly(start, stop, step):
    t = torch.arange(start, stop, step, dtype=torch.float64)
    if torch.isclose(t[-1], torch.tensor(float(stop), dtype=torch.float64)):
        t = t[:-1]
    return t.float()


@mistake("MT555", "Leaves a margin at the end that grows with the stop", hint="A millionth of a million is a whole unit, and numbers that stand half a unit below the stop are lost. What rounding does is small beside the step; measure with that.")
def evenly(start, stop, step):
    t = torch.arange(start, stop, step, dtype=torch.float64)
    return t[t < stop - 1e-6 * abs(stop)].float()


@mistake("MT563", "Lets a ten-thousandth before the stop go", hint="With a small step, many numbers lie within a ten-thousandth of the stop. What rounding does is small beside the step: measure with that.")
def evenly(start, stop, step):
    n = math.ceil((stop - start) / step) + 1
    numbers = start + step * torch.arange(n, dtype=torch.float64)
    return numbers[numbers < stop - 1e-4].float()


@mistake("MT569", "Measures rounding at the end by the stop alone, which fails for a stop of 0", hint="Beside 0 every number is large: what rounding does must be measured by the step.")
def evenly(start, stop, step):
    numbers, x = [], float(start)
    while x < stop and not math.isclose(x, stop):
        numbers.append(x)
        x += step
    return torch.tensor(numbers, dtype=torch.float32)
