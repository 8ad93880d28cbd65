import torch


def test_a_python_int(student, reference, agree, rng):
    """The count is right, as a Python int, for any shape."""
    t = torch.randn(6, 5, generator=rng)
    agree(student.count_between, reference.count_between, [(t, -0.5, 0.5), (t, 0.0, 9.0), (t[0], -9, 0.2)])


def test_limits_do_not_count(student, reference, agree):
    """Elements equal to one of the limits are not between them."""
    t = torch.arange(10).repeat(3)
    agree(student.count_between, reference.count_between, [(t, 3, 7), (t, 0, 9), (t, 8, 9)])
