# %%
import resource
import threading
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
threading.stack_size(65536)
limit = resource.getrlimit(resource.RLIMIT_NPROC)[0]
until = time.monotonic() + 1.8

def bomb():
    for _ in range(limit + 50):
        threading.Thread(target=time.sleep, args=(3,), daemon=True).start()
        if time.monotonic() > until:
            return False

attempt("more threads than the limit", bomb)
