import numpy as np
import torch

from grader import alternative


@alternative("written out, on two numbers")
def fit(x, t, params, rate, epochs):
    w, b = params.tolist()
    losses = []
    for _ in range(epochs):
        error = w * x + b - t
        losses.append(float((error * error).mean()))
        w, b = w - rate * 2 * (error * x).mean().item(), b - rate * 2 * error.mean().item()
    return torch.tensor([w, b], dtype=params.dtype), losses


@alternative("a clone, changed in place")
def fit(x, t, params, rate, epochs):
    p = params.clone()
    losses = []
    for _ in range(epochs):
        losses += [float(mse(line(x, p[0], p[1]), t))]
        p.sub_(loss_gradient(x, t, p), alpha=rate)
    return [p, losses]


@alternative("NumPy's isfinite, and a negated comparison")
def diverged(losses):
    return bool(not np.isfinite(losses).all() or not losses[-1] <= losses[0])
