"""Trains the network at the end of assignment 01, which reads handwritten digits, and writes its weights.

    python materials/reader_01.py [FOLDER]     # default: assignments/01_tensors/data

    reader.npz   `w1` (64, 16), `b1` (1, 16), `w2` (16, 10), `b2` (1, 10), float32, rounded to three decimals

It sees the first 1,500 of `digits.npz`, divided by 16, and is trained as one classifier for each digit. Of the
other 297 it reads about nine in ten. Other processors may give weights that differ a little.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import binary_cross_entropy_with_logits, one_hot

DATA = Path(__file__).resolve().parents[1] / "assignments" / "01_tensors" / "data"
SEEN, HIDDEN, STEPS, RATE, DECAY = 1500, 16, 600, 0.02, 2e-5


def train(images: torch.Tensor, labels: torch.Tensor) -> dict[str, torch.Tensor]:
    """The weights of two layers with sigmoids."""
    torch.manual_seed(0)
    w1, w2 = 0.2 * torch.randn(64, HIDDEN), 0.3 * torch.randn(HIDDEN, 10)
    weights = {"w1": w1, "b1": torch.zeros(1, HIDDEN), "w2": w2, "b2": torch.zeros(1, 10)}
    for t in weights.values():
        t.requires_grad_()
    x, targets = images.float().flatten(1) / 16, one_hot(labels.long(), 10).float()
    optimizer = torch.optim.Adam(weights.values(), lr=RATE)
    for _ in range(STEPS):
        scores = torch.sigmoid(x @ w1 + weights["b1"]) @ w2 + weights["b2"]
        loss = binary_cross_entropy_with_logits(scores, targets) + DECAY * ((w1**2).sum() + (w2**2).sum())
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    return {name: t.detach() for name, t in weights.items()}


def main(folder: Path) -> None:
    """Write the file."""
    digits = np.load(DATA / "digits.npz")
    weights = train(*(torch.from_numpy(digits[name][:SEEN]) for name in ("images", "labels")))
    np.savez_compressed(folder / "reader.npz", **{name: t.numpy().round(3) for name, t in weights.items()})


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA)
