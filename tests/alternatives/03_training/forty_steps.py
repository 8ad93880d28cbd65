import math

from grader import alternative


@alternative("a plain rate")
def forty_steps():
    return {"units": 32, "spread": 1, "rates": [0.3] * 40, "momentum": 0}


@alternative("a wide layer, a schedule and larger starting weights")
def forty_steps():
    rates = [0.4 * min(1, (step + 1) / 5) * 0.5 * (1 + math.cos(math.pi * step / 40)) for step in range(40)]
    return {"units": 128, "spread": 2.0, "rates": rates, "momentum": 0.9}


@alternative("one's own schedule")
def forty_steps():
    return {"units": 100, "spread": 1.5, "rates": [rate_at(k, 0.8, 5, 40) for k in range(40)], "momentum": 0.8}
