import torch


def test_sum_and_sigmoid(student, reference, agree, rng):
    """z is the weighted sum with the bias, y its sigmoid, both of shape (1, 1)."""
    cases = [
        (torch.randn(1, n, generator=rng), torch.randn(1, n, generator=rng), torch.randn(1, 1, generator=rng))
        for n in (5, 1, 12)
    ]
    cases += [(torch.full((1, 2), 10.0), torch.full((1, 2), sign * 10.0), torch.zeros(1, 1)) for sign in (1, -1)]
    agree(
        student.neuron,
        reference.neuron,
        cases,
        dtypes="floating",
        layouts=["sliced", "expanded"],
        parts="weighted sum, sigmoid",
        draws=True,
    )
