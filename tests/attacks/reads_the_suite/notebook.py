# %%
import glob
import os
import runpy
import sys

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
def walked():
    found = [name for _, _, names in os.walk("@FOLDER@") for name in names if name.startswith("test_")]
    found += glob.glob("../**/test_*.py", recursive=True) + glob.glob("@COURSE@/**/test_*.py", recursive=True)
    return bool(found)

def imported():
    sys.path.insert(0, "@COURSE@/tests/hidden/01_toy")
    import test_root
    return bool(test_root.CANARY)

def by_grader():
    from pathlib import Path

    from grader.course.catalog import Course
    from grader.course.reference import load_reference
    return bool(load_reference(Course(Path("@COURSE@")), "01_toy"))

attempt("the course", lambda: "tests" in os.listdir("@COURSE@"))
attempt("the suite", lambda: bool(open("@COURSE@/tests/hidden/01_toy/test_root.py").read()))
attempt("the solution", lambda: bool(open("@COURSE@/solutions/01_toy.py").read()))
attempt("the mistakes", lambda: bool(open("@COURSE@/tests/mistakes/01_toy/root.py").read()))
attempt("by walking", walked)
attempt("by import", imported)
attempt("by runpy", lambda: bool(runpy.run_path("@COURSE@/tests/hidden/01_toy/test_root.py")))
attempt("by grader", by_grader)
