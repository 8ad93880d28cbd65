import torch
from torch.utils.data import TensorDataset, random_split

from grader import alternative


@alternative("split")
def split_indices(n, fraction, seed):
    generator = torch.Generator()
    generator.manual_seed(seed)
    held = int(n * fraction)
    return torch.randperm(n, generator=generator).split([n - held, held])


@alternative("fork_rng")
def split_indices(n, fraction, seed):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        order = torch.randperm(n)
    held = int(fraction * n)
    return [order[: n - held], order[n - held :]]


@alternative("random_split")
def split_pairs(x, y, fraction, seed):
    held = int(fraction * len(x))
    generator = torch.Generator().manual_seed(seed)
    parts = random_split(TensorDataset(x, y), [len(x) - held, held], generator=generator)
    return tuple(torch.stack([pair[side] for pair in part]) for part in parts for side in (0, 1))
