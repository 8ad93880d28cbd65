import torch

from grader import mistake


@mistake("MG22", "Draws on the card", hint="The same seed gives other numbers on a card. Draw on the CPU, then move.")
def draw_then_move(shape, seed, device):
    generator = torch.Generator(device).manual_seed(seed)
    return torch.rand(shape, generator=generator, device=device)


@mistake("MG186", "Seeds the program's own generator", hint="All later draws of the program depend on it now. Make a generator for this one draw.")
def draw_then_move(shape, seed, device):
    torch.manual_seed(seed)
    return torch.rand(shape).to(device)


@mistake("MG187", "Does not move the draw", hint="The numbers are right; now bring them to the device.")
def draw_then_move(shape, seed, device):
    return torch.rand(shape, generator=torch.Generator().manual_seed(seed))


@mistake("MG188", "Draws from the normal distribution", hint="`rand` is uniform between 0 and 1, `randn` is normal.")
def draw_then_move(shape, seed, device):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed)).to(device)


@mistake("MG189", "Seeds again between the two draws", hint="Then A and B are the same. The seed is set once; B is the next draw.")
def extremes(seed, device):
    a, b = (torch.rand(2, 3, generator=torch.Generator().manual_seed(seed)).to(device) for _ in range(2))
    p = a @ b.T
    return {"product": p, "max": p.max().item(), "min": p.min().item(), "argmax": p.argmax().item(), "argmin": p.argmin().item()}


@mistake("MG190", "Multiplies the other way round", hint="A·Bᵀ, not B·Aᵀ: the result is the transposed one, and the positions change.")
def extremes(seed, device):
    generator = torch.Generator().manual_seed(seed)
    a, b = (torch.rand(2, 3, generator=generator).to(device) for _ in range(2))
    p = b @ a.T
    return {"product": p, "max": p.max().item(), "min": p.min().item(), "argmax": p.argmax().item(), "argmin": p.argmin().item()}


@mistake("MG191", "Leaves the extremes on the card", hint="Python numbers were asked for: `.item()` takes one out of a tensor.")
def extremes(seed, device):
    generator = torch.Generator().manual_seed(seed)
    a, b = (torch.rand(2, 3, generator=generator).to(device) for _ in range(2))
    p = a @ b.T
    return {"product": p, "max": p.max(), "min": p.min(), "argmax": p.argmax(), "argmin": p.argmin()}


@mistake("MG192", "Multiplies on the CPU", hint="Move A and B first, and leave the product where it was computed.")
def extremes(seed, device):
    generator = torch.Generator().manual_seed(seed)
    a, b = (torch.rand(2, 3, generator=generator) for _ in range(2))
    p = a @ b.T
    return {"product": p, "max": p.max().item(), "min": p.min().item(), "argmax": p.argmax().item(), "argmin": p.argmin().item()}


@mistake("MG193", "Seeds the program's generator for the exercise", hint="Use a generator of your own here as well.")
def extremes(seed, device):
    torch.manual_seed(seed)
    a, b = torch.rand(2, 3).to(device), torch.rand(2, 3).to(device)
    p = a @ b.T
    return {"product": p, "max": p.max().item(), "min": p.min().item(), "argmax": p.argmax().item(), "argmin": p.argmin().item()}


@mistake("MG354", "Draws in PyTorch's default dtype", hint="Where somebody has set float64 as the default, `torch.rand` draws other numbers. Say `dtype=torch.float32`.")
def draw_then_move(shape, seed, device):
    return torch.rand(shape, generator=torch.Generator().manual_seed(seed)).to(device)


@mistake("MG411", "Puts back the generator of the CPU only", hint="`torch.manual_seed` seeds the cards as well, and those are not put back.")
def draw_then_move(shape, seed, device):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return torch.rand(shape, dtype=torch.float32).to(device)


@mistake("MG412", "Gives a column for a position", hint="The position in the flattened product was asked for.")
def extremes(seed, device):
    g = torch.Generator().manual_seed(seed)
    a = torch.rand(2, 3, generator=g).to(device)
    b = torch.rand(2, 3, generator=g).to(device)
    p = a @ b.T
    return {
        "product": p,
        "max": p.max().item(),
        "min": p.min().item(),
        "argmax": p.max(0).values.argmax().item(),
        "argmin": p.min(0).values.argmin().item(),
    }


@mistake("MG539", "Sets the program's own seed for the exercise", hint="All later draws of the program depend on it now. A generator of your own, with that seed, gives the same numbers.")
def extremes(seed, device):
    torch.manual_seed(seed)
    a, b = (torch.rand(2, 3, dtype=torch.float32).to(device) for _ in range(2))
    p = a @ b.T
    return {"product": p, "max": p.max().item(), "min": p.min().item(), "argmax": p.argmax().item(), "argmin": p.argmin().item()}


@mistake("MG540", "Sets the program's own seed for a draw", hint="All later draws of the program depend on it now. A generator of your own, with that seed, gives the same numbers.")
def draw_then_move(shape, seed, device):
    torch.manual_seed(seed)
    return torch.rand(shape, dtype=torch.float32).to(device)


@mistake("MQ516", "Sets the default dtype to float32 for all", hint="What others have set is not yours to change: `torch.rand` takes a dtype.")
def draw_then_move(shape, seed, device):
    torch.set_default_dtype(torch.float32)
    return torch.rand(shape, generator=torch.Generator().manual_seed(seed)).to(device)
