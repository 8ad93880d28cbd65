import torch
from torch.utils.data import DataLoader, Subset

from grader import mistake


@mistake("MD58", "Does not shuffle the training samples", hint="A loader keeps the order unless told otherwise.")
def make_loaders(train, validation, batch_size, seed):
    return DataLoader(train, batch_size), DataLoader(validation, batch_size)


@mistake("MD58a", "Shuffles the validation samples", hint="Validation gains nothing from another order; leave it as it is.")
def make_loaders(train, validation, batch_size, seed):
    generator = torch.Generator().manual_seed(seed)
    return (
        DataLoader(train, batch_size, shuffle=True, generator=generator),
        DataLoader(validation, batch_size, shuffle=True, generator=torch.Generator().manual_seed(seed)),
    )


@mistake("MD217", "Seeds the generator that all share", hint="Whatever else the program draws then changes the orders. Give the loader a generator of its own.")
def make_loaders(train, validation, batch_size, seed):
    torch.manual_seed(seed)
    return DataLoader(train, batch_size, shuffle=True), DataLoader(validation, batch_size)


@mistake("MD218", "Drops the last batch of training", hint="Both loaders were to deliver every sample.")
def make_loaders(train, validation, batch_size, seed):
    generator = torch.Generator().manual_seed(seed)
    loader = DataLoader(train, batch_size, shuffle=True, generator=generator, drop_last=True)
    return loader, DataLoader(validation, batch_size)


@mistake("MD219", "Shuffles once for all epochs", hint="The order was to be another one in every epoch. Let the loader shuffle.")
def make_loaders(train, validation, batch_size, seed):
    order = torch.randperm(len(train), generator=torch.Generator().manual_seed(seed)).tolist()
    return DataLoader(Subset(train, order), batch_size), DataLoader(validation, batch_size)


@mistake("MD220", "Validates all samples in one batch", hint="Both loaders have the same batch size.")
def make_loaders(train, validation, batch_size, seed):
    generator = torch.Generator().manual_seed(seed)
    return DataLoader(train, batch_size, shuffle=True, generator=generator), DataLoader(validation, len(validation))


@mistake("MD56", "Does not count the smaller last batch", hint="Samples are left over when the division does not work out; unless they are dropped, they make one more batch.")
def n_batches(n, batch_size, drop_last):
    return n // batch_size


@mistake("MD221", "Always counts one batch more", hint="When the division works out, there is no smaller batch.")
def n_batches(n, batch_size, drop_last):
    return n // batch_size if drop_last else n // batch_size + 1


@mistake("MD222", "Ignores `drop_last`", hint="With `drop_last`, the smaller last batch does not count.")
def n_batches(n, batch_size, drop_last):
    return -(-n // batch_size)


@mistake("MD350", "Shares one generator between both loaders", hint="Each pass over a loader draws from its generator, validation included: how often you validate then changes the orders of training.")
def make_loaders(train, validation, batch_size, seed):
    generator = torch.Generator().manual_seed(seed)
    return (
        DataLoader(train, batch_size=batch_size, shuffle=True, generator=generator),
        DataLoader(validation, batch_size=batch_size, shuffle=False, generator=generator),
    )


@mistake("MD490", "Draws with replacement", hint="Every sample comes once per epoch. `shuffle=True` sees to it.")
def make_loaders(train, validation, batch_size, seed):
    generator = torch.Generator().manual_seed(seed)
    sampler = WeightedRandomSampler([1.0] * len(train), len(train), replacement=True, generator=generator)
    return DataLoader(train, batch_size=batch_size, sampler=sampler), DataLoader(validation, batch_size=batch_size)


@mistake("MD491", "Keeps one generator per seed for the whole program", hint="Two loaders made with one seed go through the same orders: each needs a generator that begins anew.")
def make_loaders(train, validation, batch_size, seed, _generators={}):
    generator = _generators.setdefault(seed, torch.Generator().manual_seed(seed))
    return (
        DataLoader(train, batch_size=batch_size, shuffle=True, generator=generator),
        DataLoader(validation, batch_size=batch_size),
    )


@mistake("MD492", "Counts at least one batch", hint="With `drop_last` and fewer samples than a batch nothing is left.")
def n_batches(n, batch_size, drop_last):
    return max(1, n // batch_size) if drop_last else -(-n // batch_size)


@mistake("MD493", "Rounds a quotient up by adding nearly a half", hint="With large batches less than 0.01 may be left over. Count in whole numbers: `-(-n // batch_size)`, or `math.ceil`.")
def n_batches(n, batch_size, drop_last):
    return n // batch_size if drop_last else round(n / batch_size + 0.49)
