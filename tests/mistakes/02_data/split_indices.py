import torch

from grader import mistake


@mistake("MD53", "Has nothing to train with when nothing is for validation", hint="Minus zero is zero: `[:-n]` with n = 0 is nothing at all. Count from the front.")
def split_indices(n, fraction, seed):
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed))
    held = int(fraction * n)
    return order[:-held], order[-held:]


@mistake("MD210", "Does not shuffle", hint="Files are often sorted by class. Let chance decide which samples are for validation.")
def split_indices(n, fraction, seed):
    cut = n - int(fraction * n)
    return torch.arange(n)[:cut], torch.arange(n)[cut:]


@mistake("MD211", "Resets the generator that all share", hint="After `torch.manual_seed` in a function, everything random in the program repeats itself. Make a generator for this call.")
def split_indices(n, fraction, seed):
    torch.manual_seed(seed)
    order = torch.randperm(n)
    cut = n - int(fraction * n)
    return order[:cut], order[cut:]


@mistake("MD212", "Rounds the number of samples for validation", hint="`int` cuts decimals off; `round` does not.")
def split_indices(n, fraction, seed):
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed))
    cut = n - round(fraction * n)
    return order[:cut], order[cut:]


@mistake("MD213", "Draws the two parts independently", hint="Two permutations overlap: some samples are in both parts, and some in none. Cut one permutation in two.")
def split_indices(n, fraction, seed):
    generator = torch.Generator().manual_seed(seed)
    held = int(fraction * n)
    return torch.randperm(n, generator=generator)[: n - held], torch.randperm(n, generator=generator)[n - held :]


@mistake("MD214", "Returns the validation part first", hint="The order is training, validation.")
def split_indices(n, fraction, seed):
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed))
    cut = n - int(fraction * n)
    return order[cut:], order[:cut]


@mistake("MD215", "Ignores the seed", hint="With one seed, the parts should be the same at every call.")
def split_indices(n, fraction, seed):
    order = torch.randperm(n, generator=torch.Generator().manual_seed(0))
    cut = n - int(fraction * n)
    return order[:cut], order[cut:]


@mistake("MD52", "Shuffles inputs and targets each on their own", hint="Two permutations tear the pairs apart. Index both with the same numbers.")
def split_pairs(x, y, fraction, seed):
    train, validation = split_indices(len(x), fraction, seed)
    other_train, other_validation = split_indices(len(y), fraction, seed + 1)
    return x[train], y[other_train], x[validation], y[other_validation]


@mistake("MD216", "Returns the four parts in another order", hint="The order is: training inputs, training targets, validation inputs, validation targets.")
def split_pairs(x, y, fraction, seed):
    train, validation = split_indices(len(x), fraction, seed)
    return x[train], x[validation], y[train], y[validation]

@mistake("MD312", "Leaves the recording of gradients switched off", hint="Called as a plain function, `set_grad_enabled` stays in force for the rest of the program. A split needs none of it.")
def split_pairs(x, y, fraction, seed):
    torch.set_grad_enabled(False)
    train, validation = split_indices(len(x), fraction, seed)
    return x[train], y[train], x[validation], y[validation]


@mistake("MD348", "Cuts the training part down to a whole number", hint="int(fraction · n) samples are for validation, and all others for training. Cut at n minus that number.")
def split_indices(n, fraction, seed):
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed))
    cut = int((1 - fraction) * n)
    return order[:cut], order[cut:]


@mistake("MD349", "Draws one permutation for inputs and the next for targets", hint="The second draw from a generator gives another permutation. Draw once, and index both with it.")
def split_pairs(x, y, fraction, seed):
    generator = torch.Generator().manual_seed(seed)
    cut = len(x) - int(fraction * len(x))
    x = x[torch.randperm(len(x), generator=generator)]
    y = y[torch.randperm(len(y), generator=generator)]
    return x[:cut], y[:cut], x[cut:], y[cut:]


@mistake("MD482", "Keeps at least one sample for validation", hint="int(fraction · n) may be 0, and then all are for training.")
def split_indices(n, fraction, seed):
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed))
    cut = n - max(1, int(fraction * n))
    return order[:cut], order[cut:]


@mistake("MD483", "Seeds the shared generator and then seeds it back", hint="Its first seed does not bring back where it was: others have drawn from it since. Make a generator of your own.")
def split_indices(n, fraction, seed):
    before = torch.initial_seed()
    torch.manual_seed(seed)
    order = torch.randperm(n)
    torch.manual_seed(before)
    cut = n - int(fraction * n)
    return order[:cut], order[cut:]


@mistake("MD484", "Keeps a generator for each seed", hint="At the second call it goes on where it was. Make one at every call.")
def split_indices(n, fraction, seed, _generators={}):
    if seed not in _generators:
        _generators[seed] = torch.Generator().manual_seed(seed)
    order = torch.randperm(n, generator=_generators[seed])
    cut = n - int(fraction * n)
    return order[:cut], order[cut:]


@mistake("MD485", "Takes the beginning of the permutation for validation", hint="Validation gets the end of it, training what comes before.")
def split_indices(n, fraction, seed):
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed))
    k = int(fraction * n)
    return order[k:], order[:k]


@mistake("MD486", "Sorts the two parts", hint="The order is that of the permutation.")
def split_indices(n, fraction, seed):
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed))
    cut = n - int(fraction * n)
    return order[:cut].sort().values, order[cut:].sort().values


@mistake("MD487", "Leaves the samples in the order of the table", hint="The parts are shuffled, as the permutation deals them out. A mask, for one, keeps the old order: index with the numbers themselves.")
def split_pairs(x, y, fraction, seed):
    _, validation = split_indices(len(x), fraction, seed)
    chosen = torch.zeros(len(x), dtype=torch.bool)
    chosen[validation] = True
    return x[~chosen], y[~chosen], x[chosen], y[chosen]


@mistake("MD488", "Makes whole numbers of the targets", hint="Targets keep their dtype; a price has decimals.")
def split_pairs(x, y, fraction, seed):
    train, validation = split_indices(len(x), fraction, seed)
    y = y.long()
    return x[train], y[train], x[validation], y[validation]


@mistake("MD489", "Keeps the first number of each target", hint="Targets may have axes of their own. Index the first one only.")
def split_pairs(x, y, fraction, seed):
    train, validation = split_indices(len(x), fraction, seed)
    y = y.reshape(len(x), -1)[:, 0]
    return x[train], y[train], x[validation], y[validation]
