# %%
import torch

def attempt(name, what):
    """Say whether an attack worked. The word is in two parts, for a traceback shows source as well."""
    try:
        result = what()
        if result is False:
            raise PermissionError("it had no effect")
    except BaseException as error:
        print("stopped:", name, "-", type(error).__name__, str(error)[:100])
    else:
        print("G" "OT:", name, "-", str(result)[:40])

# %% question="double"
def double(t):
    return t.mul_(2)

# %% question="root"
def root(t):
    return t.zero_()

# %% question="mean_of"
def mean_of(t):
    t.zero_()
    return 0.0

# %% question="flatten_images"
def flatten_images(batch):
    return batch.flatten(1)

# %% question="rows_of_file"
def rows_of_file(path):
    lines = open(path).read().split()
    try:
        with open(path, "w") as file:
            file.write("0,0\n")
    except OSError:
        pass
    return [torch.tensor([float(x) for x in line.split(",")]).double().mean().item() for line in lines]

# %%
attempt("the course's data", lambda: open("data/table.csv", "a"))
attempt("the course's data by another name", lambda: open("@COURSE@/assignments/01_toy/data/table.csv", "a"))
