# %%
import os
import sys
from pathlib import Path

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
def plant(folder):
    Path(folder).mkdir(parents=True, exist_ok=True)
    Path(folder, "@MARK@").write_text("print('here')")
    Path(folder, "@MARK@").unlink()

attempt("bashrc", lambda: os.close(os.open("@HOME@/.bashrc", os.O_WRONLY | os.O_APPEND)))
attempt("user packages", lambda: plant("@HOME@/.local/lib/python3.11/site-packages"))
attempt("cache", lambda: plant("@HOME@/.cache/grader/matplotlib"))
attempt("bytecode", lambda: os.open(os.path.join(os.path.dirname(os.__file__), "__pycache__"), os.O_TMPFILE | os.O_WRONLY) and False)
for place in (".", ".ipython/profile_default/startup", ".config/matplotlib", ".local/lib/python3.11/site-packages"):
    Path(place).mkdir(parents=True, exist_ok=True)
    Path(place, "usercustomize.py").write_text("raise SystemExit")
    Path(place, "00-start.py").write_text("raise SystemExit")
sys.modules["torch.left"] = torch
torch.Tensor.left = True

# %%
os._exit(0)
