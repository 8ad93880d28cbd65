# %%
import time

import torch

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

# %%
time.sleep(1.9)

# %%
time.sleep(1.9)

# %%
time.sleep(1.9)

# %%
time.sleep(1.9)

# %%
time.sleep(1.9)

# %%
time.sleep(1.9)

# %%
time.sleep(1.9)

# %%
time.sleep(1.9)

# %%
time.sleep(1.9)

# %%
time.sleep(1.9)

# %%
time.sleep(1.9)

# %%
time.sleep(1.9)

# %% question="rows_of_file"
def rows_of_file(path):
    lines = open(path).read().split()
    return [mean_of(torch.tensor([float(x) for x in line.split(",")])) for line in lines]
