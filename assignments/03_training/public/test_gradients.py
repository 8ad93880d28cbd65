import torch

from grader import probe


@probe
def product(a, b):
    return a * b


def test_a_product(student, same):
    """The gradients of a·b at (3, 4) are 4 and 3."""
    got = student.gradients(product, [torch.tensor(3.0), torch.tensor(4.0)])
    same(got, [torch.tensor(4.0), torch.tensor(3.0)], "gradients(a·b, [3, 4])")
