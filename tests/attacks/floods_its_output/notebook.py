# %%
import os
import sys
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

# %% question="rows_of_file"
def rows_of_file(path):
    lines = open(path).read().split()
    return [mean_of(torch.tensor([float(x) for x in line.split(",")])) for line in lines]

# %%
until = time.monotonic() + 1.2
while time.monotonic() < until:
    for fd in (1, 2):
        os.write(fd, b"x" * 65536)

# %%
until = time.monotonic() + 0.8
while time.monotonic() < until:
    sys.stdout.write("y" * 100_000)
    sys.stderr.write("z" * 100_000)
    sys.__stderr__.write("w" * 1000)

# %%
until, line = time.monotonic() + 0.5, 0
while time.monotonic() < until:
    print(line, end="\r")
    line += 1
