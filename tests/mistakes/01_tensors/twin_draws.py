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
