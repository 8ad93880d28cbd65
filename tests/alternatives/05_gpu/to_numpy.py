import numpy as np
import torch

from grader import alternative


@alternative("np.array copies")
def to_numpy(t):
    return np.array(t.detach().cpu())


@alternative("without a graph")
def to_numpy(t):
    with torch.no_grad():
        return t.clone().cpu().numpy()


@alternative("force")
def to_numpy(t):
    return t.numpy(force=True).copy()
