import torch


def networks(rng):
    for n, d, h, o in ((1, 3, 2, 1), (6, 4, 5, 3), (4, 2, 2, 2)):
        sizes = ((n, d), (d, h), (h, o), (1, h), (1, o))
        yield tuple(torch.randn(size, generator=rng) for size in sizes)
    yield tuple(scale * torch.randn(size, generator=rng) for size, scale in zip(sizes, (1, 500, 1, 1, 1), strict=True))


def test_hidden_and_output(student, reference, agree, rng):
    """Both layers are sums with a bias and a sigmoid, for every row of the batch."""
    agree(
        student.two_layer,
        reference.two_layer,
        list(networks(rng)),
        dtypes="floating",
        layouts=["sliced", "expanded"],
        parts="hidden layer, output",
        draws=True,
    )
