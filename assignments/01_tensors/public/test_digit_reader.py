import numpy as np
import torch


def test_reads_digits(student, expect, demand):
    """Of the last 500 digits of the file it reads 75 % or more, having seen the others."""
    digits = np.load("data/digits.npz")
    pictures = torch.from_numpy(digits["images"]).flatten(1).float()
    labels = torch.from_numpy(digits["labels"]).long()
    w, b = expect(student.digit_reader(pictures[:1297], labels[:1297]), (tuple, list), "What `digit_reader` returns")
    demand(
        expect(w, torch.Tensor, "`w`").shape == (64, 10), f"The shape of `w` must be (64, 10), not {tuple(w.shape)}."
    )
    demand(expect(b, torch.Tensor, "`b`").shape == (10,), f"The shape of `b` must be (10,), not {tuple(b.shape)}.")
    right = 100 * ((pictures[1297:] @ w + b).argmax(dim=1) == labels[1297:]).double().mean().item()
    demand(right >= 75, f"It reads {right:.1f} % of them.")
