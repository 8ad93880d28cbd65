import torch

from grader import probe


@probe
def product(a, b):
    return a * b


@probe
def first_of_two(a, b):
    return 2 * a


def test_a_product(student, same):
    """The gradients of a·b at (3, 4) are 4 and 3."""
    got = student.gradients(product, [torch.tensor(3.0), torch.tensor(4.0)])
    same(got, [torch.tensor(4.0), torch.tensor(3.0)], "gradients(a·b, [3, 4])")


def test_one_that_is_not_used(student, same):
    """The gradient of an argument that f does not use is zero, in the argument's shape."""
    got = student.gradients(first_of_two, [torch.tensor(3.0), torch.tensor([4.0, 5.0])])
    same(got, [torch.tensor(2.0), torch.zeros(2)], "gradients(2·a, [3, (4, 5)])")
