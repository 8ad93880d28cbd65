import numpy as np
import torch

from grader import alternative


@alternative("asks twice")
def shift_gap(model, image, dy, dx):
    with torch.no_grad():
        one = model(image[None])
        other = model(torch.roll(torch.roll(image, dy, 1), dx, 2)[None])
    return float((one - other).abs().max())


@alternative("indexing with remainders")
def shift_gap(model, image, dy, dx):
    h, w = image.shape[-2:]
    rows, cols = (torch.arange(h) - dy) % h, (torch.arange(w) - dx) % w
    moved = image[:, rows][:, :, cols]
    gap = model(image.unsqueeze(0)) - model(moved.unsqueeze(0))
    return np.abs(gap.detach().numpy()).max().item()
