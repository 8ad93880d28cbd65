# %%
import torch

# %% question="double"
def double(t):
    return torch.zeros(1)

# %% question="root"
def root(t):
    return torch.empty(0)

# %% question="mean_of"
def mean_of(t):
    return True

# %% question="flatten_images"
def flatten_images(batch):
    return batch.flatten(1).to(torch.complex64) if len(batch) == 3 else batch.flatten(1).double()

# %% question="rows_of_file"
def rows_of_file(path):
    return []
