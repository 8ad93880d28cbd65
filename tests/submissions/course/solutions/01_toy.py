# %% [markdown]
# # A small assignment

# %%
from pathlib import Path

import torch

from grader import check

# %% [markdown]
# ## Numbers


# %% question="double"
def double(t: torch.Tensor) -> torch.Tensor:
    """Twice each element, as a new tensor."""
    # BEGIN SOLUTION
    return t * 2
    # END SOLUTION


check("double")


# %% question="root"
def root(t: torch.Tensor) -> torch.Tensor:
    """The square root of each element; the argument stays as it is."""
    # BEGIN SOLUTION
    return t.sqrt()
    # END SOLUTION


check("root")


# %% question="mean_of"
def mean_of(t: torch.Tensor) -> float:
    """The mean of all elements as a Python float."""
    # BEGIN SOLUTION
    return t.double().mean().item()
    # END SOLUTION


check("mean_of")

# %% [markdown]
# ## Shapes


# %% question="flatten_images"
def flatten_images(batch: torch.Tensor) -> torch.Tensor:
    """Each picture of a batch (N, C, H, W) as one row."""
    # BEGIN SOLUTION
    return batch.flatten(1)
    # END SOLUTION


check("flatten_images")

# %% [markdown]
# ## Files


# %% question="rows_of_file"
def rows_of_file(path: str) -> list[float]:
    """The mean of each row of a file of numbers."""
    # BEGIN SOLUTION
    lines = Path(path).read_text().split()
    return [mean_of(torch.tensor([float(x) for x in line.split(",")])) for line in lines]
    # END SOLUTION


check("rows_of_file")
