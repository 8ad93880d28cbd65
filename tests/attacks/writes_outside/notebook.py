# %%
import os
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
def opened(path):
    os.close(os.open(path, os.O_WRONLY))  # and nothing is written, for the sake of the run without walls

def moved():
    os.rename("@FOLDER@/spare/b", "@FOLDER@/spare/@MARK@")
    os.rename("@FOLDER@/spare/@MARK@", "@FOLDER@/spare/b")

def removed():
    os.unlink("@FOLDER@/spare/c")
    Path("@FOLDER@/spare/c").write_text("spare")

attempt("grades", lambda: opened("@OUT@/gradebook.db"))
attempt("suite", lambda: opened("@COURSE@/tests/hidden/01_toy/test_root.py"))
attempt("a neighbour's work", lambda: opened("@CLASS@/diary/notebook.ipynb"))
attempt("its own work", lambda: opened("@CLASS@/writes_outside/notebook.ipynb"))
attempt("writing", lambda: Path("@FOLDER@/spare/a").write_text("spare"))
attempt("truncating", lambda: os.truncate("@FOLDER@/spare/a", 5))
attempt("removing", removed)
attempt("moving out", moved)
attempt("making", lambda: Path("@FOLDER@/spare/@MARK@").write_text("x") and os.unlink("@FOLDER@/spare/@MARK@"))
attempt("making a folder", lambda: os.mkdir("@FOLDER@/spare/@MARK@") or os.rmdir("@FOLDER@/spare/@MARK@"))
attempt("linking", lambda: os.symlink("/", "@FOLDER@/spare/@MARK@") or os.unlink("@FOLDER@/spare/@MARK@"))
attempt("in /tmp of the host", lambda: os.path.exists("@TMP@") and Path("@TMP@/@MARK@").write_text("x") and False)
attempt("this package", lambda: opened(__import__("grader").__file__) if os.getuid() else False)
attempt("beside its folder", lambda: Path("../@MARK@").write_text("x") and os.unlink("../@MARK@") and False)
