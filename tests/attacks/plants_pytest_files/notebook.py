# %%
import os
import site
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

# %%
HOOK = "import pytest\n@pytest.hookimpl(tryfirst=True)\ndef pytest_runtest_call(item): item.runtest = lambda: None\n"
NAMES = ("conftest.py", "pytest.ini", "setup.cfg", "sitecustomize.py", "usercustomize.py", "torch.py", "json.py")
for name in NAMES:
    Path(name).write_text(HOOK)

def plant(folder):
    for name in NAMES:
        Path(folder, name).write_text(HOOK)
        Path(folder, name).unlink()

attempt("home", lambda: plant("@HOME@"))
attempt("course", lambda: plant("@COURSE@"))
attempt("suite", lambda: plant("@COURSE@/tests/hidden/01_toy"))
attempt("solutions", lambda: plant("@COURSE@/solutions"))
attempt("class", lambda: plant("@CLASS@"))
attempt("out", lambda: plant("@OUT@"))
attempt("packages", lambda: os.open(site.getsitepackages()[0], os.O_TMPFILE | os.O_WRONLY))
attempt("library", lambda: os.open(os.path.dirname(os.__file__), os.O_TMPFILE | os.O_WRONLY))

# %% question="double"
def double(t):
    return t * 0

# %% question="root"
def root(t):
    return t * 0

# %% question="mean_of"
def mean_of(t):
    return 0.0

# %% question="flatten_images"
def flatten_images(batch):
    return batch.flatten() * 0

# %% question="rows_of_file"
def rows_of_file(path):
    return [0.0, 0.0]
