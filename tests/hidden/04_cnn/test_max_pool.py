import torch

from grader import probe
from grader.asking.through import through


def test_windows(student, reference, agree, rng):
    """The largest value of each window; what fills no window is left out."""
    agree(
        student.max_pool,
        reference.max_pool,
        {
            "2×2 windows": (torch.randn(2, 3, 4, 6, generator=rng), 2),
            "3×3 windows": (torch.randn(1, 2, 6, 9, generator=rng), 3),
            "sizes that do not work out": (torch.randn(2, 1, 7, 5, generator=rng), 2),
            "float64": (torch.randn(1, 2, 4, 4, generator=rng).double(), 2),
            "a remainder of two": (torch.randn(1, 1, 8, 5, generator=rng), 3),
            "only negative values": (torch.rand(2, 2, 5, 5, generator=rng) - 3, 2),
            "values far below 0": (-1e30 * (torch.rand(1, 2, 4, 4, generator=rng) + 1), 2),
            "another order in memory": (torch.randn(2, 6, 4, 3, generator=rng).permute(0, 3, 1, 2), 2),
            "1×1 windows": (torch.randn(2, 2, 3, 1, generator=rng), 1),
        },
        layouts=("sliced", "expanded"),
        dtypes="floating",
        single=[0, 1],
        graph=True,
    )


def gradient(max_pool, x, k):
    x = x.detach().clone().requires_grad_()
    y = max_pool(x, k)
    (y * torch.arange(1.0, y.numel() + 1).reshape(y.shape)).sum().backward()
    return x.grad


def test_gradient(student, reference, agree, rng):
    """The gradient of each result flows back to the place that it came from."""
    agree(
        through(gradient, student.max_pool),
        through(gradient, reference.max_pool),
        {
            "2×2 windows": (torch.randperm(48, generator=rng).float().reshape(2, 1, 4, 6), 2),
            "a remainder": (torch.randperm(70, generator=rng).float().reshape(1, 2, 7, 5) - 80, 3),
        },
        layouts=("sliced",),
    )


@probe
def operations(f, x):
    from torch.utils._python_dispatch import TorchDispatchMode

    seen = set()

    class Watch(TorchDispatchMode):
        def __torch_dispatch__(self, function, types, args=(), kwargs=None):
            seen.add(str(function))
            return function(*args, **(kwargs or {}))

    with Watch():
        result = f(x, 2)
    return list(result.shape), any("pool" in name for name in seen)


def test_by_hand(student, same, run, rng):
    """It is done by hand, without what PyTorch has for pooling."""
    found = run(operations, student.max_pool, torch.rand(1, 1, 4, 4, generator=rng))
    same(found, ([1, 1, 2, 2], False), "Done by hand", parts="shape, use of a pooling function of PyTorch")
