# %%
import os
import sys

import torch

# %% question="double"
def double(t):
    print("G" "OT: an input -", t.tolist())
    print("G" "OT: an input -", t.tolist(), file=sys.stderr)
    os.write(1, b"G" b"OT: an input")
    return t * 2

# %% question="root"
def root(t):
    raise ValueError("input: " + str(t.tolist()) + "x" * 10**6)

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
