import numpy as np
import torch

from grader import mistake


@mistake("MG140", "Calls numpy on the card", hint="NumPy cannot reach a card's memory. First `.cpu()`.")
def to_numpy(t):
    return t.detach().numpy().copy()


@mistake("MG07", "Forgets the graph", hint="A tensor that requires gradients has to be detached first.")
def to_numpy(t):
    return t.cpu().numpy().copy()


@mistake("MG141", "Shares memory with a CPU tensor", hint="On the CPU, `.cpu()` copies nothing, and `.numpy()` shares. Make sure of the copy.")
def to_numpy(t):
    return t.detach().cpu().numpy()


@mistake("MG142", "Goes by way of a list", hint="A list knows no float32: NumPy makes float64 of it.")
def to_numpy(t):
    return np.array(t.detach().tolist())


@mistake("MG143", "Cuts the caller's graph", hint="`detach_` and `requires_grad_(False)` change the tensor that was given.")
def to_numpy(t):
    return t.detach_().cpu().numpy().copy()


@mistake("MG590", "Copies only what has no graph", hint="`detach` and `cpu` share memory with a tensor that lies on the CPU already, also with one that records a graph.")
def to_numpy(t):
    if t.requires_grad:
        return t.detach().cpu().numpy()
    return t.cpu().numpy().copy()
