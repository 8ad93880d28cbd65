# %%
import torch

# %% question="double"
def double(t):
    return t * 0

# %% question="root"
def root(t):
    return t * 0

# %% question="mean_of"
def mean_of(t):
    return 0.0

# %% question="flatten_images"
def flatten_images(batch):
    return batch.flatten() * 0

# %% question="rows_of_file"
def rows_of_file(path):
    return [0.0, 0.0]
