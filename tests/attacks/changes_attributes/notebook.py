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
FILE = "@FOLDER@/spare/a"

def chmod():
    os.chmod(FILE, 0o604)
    return os.stat(FILE).st_mode & 0o777 == 0o604

def chmod_by_descriptor():
    fd = os.open(FILE, os.O_PATH)
    os.chmod(f"/proc/self/fd/{fd}", 0o640)
    return os.stat(FILE).st_mode & 0o777 == 0o640

def utime():
    os.utime(FILE, (1, 1))
    return os.stat(FILE).st_mtime == 1

def labelled():
    os.setxattr(FILE, "user.mark", b"x")
    return os.getxattr(FILE, "user.mark") == b"x"

attempt("chmod", chmod)
attempt("chmod by descriptor", chmod_by_descriptor)
attempt("utime", utime)
attempt("setxattr", labelled)
attempt("chown", lambda: os.chown(FILE, 1, 1) or os.stat(FILE).st_uid == 1 and os.getuid() != 0)
