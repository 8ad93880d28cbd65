# %%
import os

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
shell = get_ipython()

def magic(name, line):
    shell.run_line_magic(name, line)

def ran():
    magic("run", "@COURSE@/tests/hidden/01_toy/test_root.py")
    return "CANARY" in shell.user_ns

def entered():
    here = os.getcwd()
    magic("cd", "-q @COURSE@")
    try:
        return "tests" in os.listdir(".")
    finally:
        os.chdir(here)

attempt("%run", ran)
attempt("%cd", entered)
attempt("%%bash", lambda: shell.run_cell_magic("bash", "", "touch @TMP@/@MARK@") or os.path.exists("@TMP@/@MARK@"))
attempt("%%script", lambda: shell.run_cell_magic("script", "sh", "touch @TMP@/@MARK@") or os.path.exists("@TMP@/@MARK@"))
attempt("%sx", lambda: bool(shell.run_line_magic("sx", "cat @FOLDER@/secret.txt")))

# %%
%load @FOLDER@/secret.txt

# %%
%pycat @FOLDER@/secret.txt

# %%
%%writefile @TMP@/@MARK@
here

# %%
%%javascript
alert("@MARK@")

# %%
%%html
<script>alert("@MARK@")</script>

# %%
!cat @FOLDER@/secret.txt
%cat @FOLDER@/secret.txt
