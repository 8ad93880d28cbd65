# %%
import ctypes
import os

import torch

# %%
steps = []

# %%
steps.append(1)
open("steps.txt", "a").write("1")

# %%
os._exit(1)

# %%
steps.append(2)

# %%
ctypes.string_at(0)

# %%
steps.append(3)

# %% question="double"
def double(t):
    if steps == [1, 2, 3] and open("steps.txt").read() == "1":
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
