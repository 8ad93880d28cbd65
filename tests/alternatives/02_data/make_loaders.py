import math

import torch
from torch.utils.data import BatchSampler, DataLoader, RandomSampler

from grader import alternative


@alternative("a sampler")
def make_loaders(train, validation, batch_size, seed):
    g = torch.Generator()
    g.manual_seed(seed)
    training = DataLoader(train, batch_size=batch_size, sampler=RandomSampler(train, generator=g))
    return training, DataLoader(validation, batch_size=batch_size, shuffle=False)


@alternative("a batch sampler, in a list")
def make_loaders(train, validation, batch_size, seed):
    g = torch.Generator().manual_seed(seed * 2 + 1)
    batches = BatchSampler(RandomSampler(train, generator=g), batch_size, drop_last=False)
    return [DataLoader(train, batch_sampler=batches), DataLoader(validation, batch_size, num_workers=0)]


@alternative("a generator of its own for each loader")
def make_loaders(train, validation, batch_size, seed):
    mixing, idle = (torch.Generator().manual_seed(seed + n) for n in range(2))
    return DataLoader(train, batch_size, shuffle=True, generator=mixing), DataLoader(validation, batch_size, generator=idle)


@alternative("ceil and floor")
def n_batches(n, batch_size, drop_last):
    return (math.floor if drop_last else math.ceil)(n / batch_size)


@alternative("divmod")
def n_batches(n, batch_size, drop_last):
    full, rest = divmod(n, batch_size)
    return full + (1 if rest and not drop_last else 0)
