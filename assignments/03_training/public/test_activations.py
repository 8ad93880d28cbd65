import math

import torch


def test_at_zero_and_beyond(student, same):
    """The six functions at -2, 0 and 2."""
    e = math.exp(2)
    tanh = (e - 1 / e) / (e + 1 / e)
    due = {
        "relu": torch.tensor([0.0, 0.0, 2.0]),
        "leaky_relu": torch.tensor([-0.02, 0.0, 2.0]),
        "hardtanh": torch.tensor([-1.0, 0.0, 1.0]),
        "sigmoid": torch.tensor([1 / (1 + e), 0.5, e / (1 + e)]),
        "tanh": torch.tensor([-tanh, 0.0, tanh]),
        "softplus": torch.tensor([math.log(1 + 1 / e), math.log(2), math.log(1 + e)]),
    }
    same(student.activations(torch.tensor([-2.0, 0.0, 2.0])), due, "activations([-2, 0, 2])")


def test_far_out(student, same, expect):
    """At -100 and 100 none of them overflows."""
    found = expect(student.activations(torch.tensor([-100.0, 100.0])), dict)
    got = {name: found.get(name) for name in ("sigmoid", "tanh", "softplus")}
    due = {
        "sigmoid": torch.tensor([0.0, 1.0]),
        "tanh": torch.tensor([-1.0, 1.0]),
        "softplus": torch.tensor([0.0, 100.0]),
    }
    same(got, due, "Three of activations([-100, 100])")
