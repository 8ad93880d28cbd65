import torch


def layers(rng):
    for n, inputs, outputs in ((4, 3, 5), (1, 2, 6), (4, 1, 2), (1, 1, 1), (3, 3, 3)):
        x, w = torch.randn(n, inputs, generator=rng), torch.randn(outputs, inputs, generator=rng)
        yield x, w, torch.randn(outputs, generator=rng)
    yield x.double(), w.double(), torch.randn(outputs, generator=rng, dtype=torch.float64)


def test_product_and_bias(student, reference, agree, rng):
    """The result is x Wᵀ + b, also where W is square."""
    agree(
        student.linear_by_hand,
        reference.linear_by_hand,
        list(layers(rng)),
        dtypes="floating",
        layouts=["sliced", "expanded"],
        draws=True,
    )
