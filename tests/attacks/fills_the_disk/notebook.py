# %%
import os
import shutil
import time

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

# %%
def fill(seconds, write):
    """How often something can be written before it is refused, or time is up."""
    until, count = time.monotonic() + seconds, 0
    try:
        while time.monotonic() < until:
            write(count)
            count += 1
    except OSError as error:
        print(error)
    return count

def allocate(number):
    with open(f"big{number}", "wb") as file:
        os.posix_fallocate(file.fileno(), 0, 100 << 20)

def clean():
    for entry in os.scandir("."):
        if entry.name != "data":
            empty = entry.name.startswith("n")
            remove = os.unlink if entry.is_file(follow_symlinks=False) else os.rmdir if empty else shutil.rmtree
            remove(entry)

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
fill(0.6, allocate)

# %%
used = sum(os.stat(name).st_blocks * 512 for name in os.listdir(".") if name.startswith("big"))
print("G" "OT: a gigabyte" if used > 600 << 20 else "stopped: a gigabyte - a disk's end")

# %%
clean()
fill(1.0, lambda number: os.mkdir(f"n{number}"))

# %%
here = os.getcwd()
fill(0.5, lambda number: (os.mkdir("d"), os.chdir("d")))
os.chdir(here)

# %%
def sparse():
    with open("sparse", "wb") as file:
        file.truncate(1 << 40)

attempt("a terabyte", sparse)
clean()
