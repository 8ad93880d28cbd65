import torch


def test_shape_and_seed(student, same, demand):
    """Two calls with one seed give equal weights of the right shape."""
    one, two = (student.init_weights((2, 3), 5, "normal") for _ in range(2))
    same(one.shape, torch.Size([2, 3]), "The shape")
    demand(torch.equal(one, two), "Two calls with one seed give different weights.")
