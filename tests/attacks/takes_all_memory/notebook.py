# %%
import mmap
import os

import numpy as np
import torch

def attempt(name, what):
    """Say whether an attack worked. The word is in two parts, for a traceback shows source as well."""
    try:
        result = what()
        if result is False:
            raise PermissionError("it had no effect")
    except BaseException as error:
        print("stopped:", name, "-", type(error).__name__, str(error)[:100])
    else:
        print("G" "OT:", name, "-", str(result)[:40])

# %% question="double"
def double(t):
    return t * 2

# %% question="root"
def root(t):
    return t.sqrt()

# %% question="mean_of"
def mean_of(t):
    return t.double().mean().item()

# %% question="flatten_images"
def flatten_images(batch):
    return batch.flatten(1)

# %% question="rows_of_file"
def rows_of_file(path):
    lines = open(path).read().split()
    return [mean_of(torch.tensor([float(x) for x in line.split(",")])) for line in lines]

# %%
GIGABYTES = 6 << 30
attempt("bytearray", lambda: bool(bytearray(GIGABYTES)))
attempt("list", lambda: bool([0] * (GIGABYTES // 8)))
attempt("torch", lambda: bool(torch.ones(GIGABYTES // 4).numel()))
attempt("numpy", lambda: bool(np.ones(GIGABYTES // 8).size))
attempt("mmap", lambda: bool(mmap.mmap(-1, GIGABYTES)))
attempt("private mmap", lambda: bool(mmap.mmap(-1, GIGABYTES, flags=mmap.MAP_PRIVATE)))
attempt("shared tensors", lambda: bool(torch.zeros(GIGABYTES // 4).share_memory_().numel()))
attempt("in memory files", lambda: os.memfd_create("x"))

# %%
hoard = []
while True:
    hoard.append(bytearray(50_000_000))

# %%
hoard = None

# %%
try:
    for _ in range(3):
        if os.fork() == 0:
            hoard = [bytearray(200_000_000) for _ in range(20)]
except OSError as error:
    print(error)
