import torch


def test_zero_weights(student, same):
    """With all weights and biases at zero, everything is 0.5."""
    sizes = ((2, 3), (3, 4), (4, 1), (1, 4), (1, 1))
    hidden, out = student.two_layer(*(torch.zeros(size) for size in sizes))
    same(hidden, torch.full((2, 4), 0.5), "hidden")
    same(out, torch.full((2, 1), 0.5), "out")
