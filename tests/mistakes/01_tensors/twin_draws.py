import torch

from grader import mistake


@mistake("MT171", "Seeds once for two equal draws", hint="The second draw goes on where the first stopped. Seed again before it.")
def twin_draws(seed, shape):
    torch.manual_seed(seed)
    return torch.rand(shape), torch.rand(shape)


@mistake("MT172", "Returns one tensor twice", hint="Two names for one tensor are not two draws: a change of one is a change of both.")
def twin_draws(seed, shape):
    torch.manual_seed(seed)
    a = torch.rand(shape)
    return a, a


@mistake("MT34", "Seeds before every draw of the series", hint="Seeding between draws makes them all the same. Seed once, at the start.")
def stream(seed, n):
    draws = []
    for _ in range(n):
        torch.manual_seed(seed)
        draws.append(torch.rand(3))
    return draws


@mistake("MT35", "Does not seed the series", hint="Reproducible means at every call: set the seed inside the function.")
def stream(seed, n):
    return [torch.rand(3) for _ in range(n)]


@mistake("MT510", 'Takes the seed 0 for none', hint='0 is falsy in Python, and a seed like any other.')
def stream(seed, n):
    if seed:
        torch.manual_seed(seed)
    return [torch.rand(3) for _ in range(n)]


@mistake("MT511", 'Goes on where the last series stopped', hint='After the same seed the same series was to come, at every call. Set the seed at every call.')
def stream(seed, n, _generators={}):
    g = _generators.setdefault(seed, torch.Generator().manual_seed(seed))
    return [torch.rand(3, generator=g) for _ in range(n)]


@mistake("MT512", 'Sets another seed for every draw', hint='The second draw after a seed is another than the first after the next seed. Seed once, then draw n times.')
def stream(seed, n):
    return [torch.rand(3, generator=torch.Generator().manual_seed(seed + i)) for i in range(n)]


@mistake("MT513", 'Draws into one tensor over and over', hint='The list holds one tensor n times, with the numbers of the last draw. `torch.rand` makes a new one for each.')
def stream(seed, n):
    torch.manual_seed(seed)
    buffer, draws = torch.empty(3), []
    for _ in range(n):
        draws.append(buffer.uniform_())
    return draws


@mistake("MT514", 'Leaves out the first draw', hint='The series begins with the first draw after the seed.')
def stream(seed, n):
    g = torch.Generator().manual_seed(seed)
    draws = [torch.rand(3, generator=g) for _ in range(n + 1)]
    return draws[1:] if n > 1 else draws[:1]


@mistake("MT515", 'Draws in float64', hint='float64 draws take other numbers from the generator than `torch.rand(shape)` does.')
def twin_draws(seed, shape):
    g = torch.Generator()
    draws = []
    for _ in range(2):
        g.manual_seed(seed)
        draws.append(torch.rand(shape, generator=g, dtype=torch.float64).float())
    return draws[0], draws[1]
