# %%
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
class Broken:
    def __repr__(self): raise RuntimeError("no")

Broken()

# %%
class Huge:
    def __repr__(self): return "x" * 50_000_000

Huge()

# %%
class Slow:
    def __repr__(self):
        while True: pass

Slow()

# %%
nested = []
nested.append(nested)
nested

# %%
torch.rand(3000, 3000)
