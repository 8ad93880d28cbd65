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
os.symlink("@FOLDER@/secret.txt", "rows.csv")
os.symlink("/etc/shadow", "output.png")
os.mkfifo("pipe")
os.unlink("data")
os.mkdir("data")
with open("data/table.csv", "w") as file:
    file.write("1,1\n")
