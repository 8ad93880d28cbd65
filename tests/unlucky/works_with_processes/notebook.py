# %%
import os

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

# %% question="rows_of_file"
def rows_of_file(path):
    lines = open(path).read().split()
    return [mean_of(torch.tensor([float(x) for x in line.split(",")])) for line in lines]

# %%
loader = torch.utils.data.DataLoader(list(range(20)), batch_size=5, num_workers=2)
print([batch.sum().item() for batch in loader])

# %%
import multiprocessing

with multiprocessing.get_context("fork").Pool(2) as pool:
    print(pool.map(abs, [-1, -2]))

# %%
if os.fork() == 0:
    raise RuntimeError("the child raises, and goes on as a copy of the kernel")
