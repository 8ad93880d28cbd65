import torch

from grader import alternative


@alternative("clones the first")
def twin_draws(seed, shape):
    torch.manual_seed(seed)
    a = torch.rand(*shape)
    return a, a.clone()


@alternative("generators of their own")
def twin_draws(seed, shape):
    return tuple(torch.rand(shape, generator=torch.Generator().manual_seed(seed)) for _ in range(2))


@alternative("one generator")
def stream(seed, n):
    g = torch.Generator()
    g.manual_seed(seed)
    return [torch.rand(3, generator=g) for _ in range(n)]
