import torch


def test_twins_and_series(student, same, demand):
    """The twins are equal, the first two of a series are not."""
    a, b = student.twin_draws(1, (3,))
    same(a, b, "The second draw")
    first, second = student.stream(1, 2)
    demand(not torch.equal(first, second), "The draws of `stream` are all the same.")
