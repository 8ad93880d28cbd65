# %%
import torch

# %% question="double"
def double(t):
    return t * 2

# %% question="root"
def root(t):
    raise ValueError("\ud800\x00\u202e")

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
print("\ud800 alone", "\udfff", "nul \x00", "\u202e turned", "\ufeff", "😀" * 1000)
"\ud800"

# %%
raise ValueError("\ud83d \x00 \u202e" * 100)
