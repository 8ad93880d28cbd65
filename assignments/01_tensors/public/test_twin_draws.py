import torch


def test_twins_and_series(student, demand):
    """The twins are equal, the first two of a series are not."""
    a, b = student.twin_draws(1, (3,))
    demand(torch.equal(a, b), "The two draws are not the same.")
    first, second = student.stream(1, 2)
    demand(not torch.equal(first, second), "The draws of `stream` are all the same.")
