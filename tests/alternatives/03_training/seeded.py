import random

import numpy as np
import torch

from grader import alternative


@alternative("puts the state back by hand")
def seeded(build, seed):
    state = torch.random.get_rng_state()
    try:
        torch.random.manual_seed(seed)
        return build()
    finally:
        torch.random.set_rng_state(state)


@alternative("Python's generator")
def batch_orders(n, epochs, seed):
    draw = random.Random(seed)
    return [torch.tensor(draw.sample(range(n), n), dtype=torch.int64) for _ in range(epochs)]


@alternative("the common generator, seeded once")
def batch_orders(n, epochs, seed):
    torch.manual_seed(seed)
    return [torch.randperm(n) for _ in range(epochs)]


@alternative("sorts random numbers")
def batch_orders(n, epochs, seed):
    g = torch.Generator()
    g.manual_seed(seed)
    return list(torch.rand(epochs, n, generator=g).argsort(dim=1))


@alternative("NumPy")
def batch_orders(n, epochs, seed):
    draw = np.random.default_rng(seed)
    return tuple(torch.from_numpy(draw.permutation(n)) for _ in range(epochs))
