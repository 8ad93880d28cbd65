# %%
import ctypes
import linecache
import mmap
import os

import numpy as np
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
SECRET, FOLDER = "@FOLDER@/secret.txt", "@FOLDER@"

def mapped():
    with open(SECRET, "rb") as file:
        return mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)[:6]

def linked(link, name):
    link(SECRET, name)
    return open(name).read()[:6]

def by_descriptor():
    folder = os.open(FOLDER, os.O_RDONLY)
    return os.read(os.open("secret.txt", os.O_RDONLY, dir_fd=folder), 6)

def by_path_only():
    fd = os.open(SECRET, os.O_PATH)
    return open(f"/proc/self/fd/{fd}").read()[:6]

def sent():
    source, target = os.open(SECRET, os.O_RDONLY), os.open("copy", os.O_RDWR | os.O_CREAT)
    os.sendfile(target, source, 0, 6)
    return os.pread(target, 6, 0)

def called():
    libc = ctypes.CDLL(None, use_errno=True)
    fd = libc.syscall(2, SECRET.encode(), 0)
    if fd < 0:
        raise OSError(ctypes.get_errno(), "open")
    return os.read(fd, 6)

attempt("open", lambda: open(SECRET).read()[:6])
attempt("os.open", lambda: os.read(os.open(SECRET, os.O_RDONLY), 6))
attempt("listdir", lambda: "secret.txt" in os.listdir(FOLDER))
attempt("scandir", lambda: "secret.txt" in [entry.name for entry in os.scandir(FOLDER)])
attempt("mmap", mapped)
attempt("numpy", lambda: np.fromfile(SECRET, dtype=np.uint8)[:6].tobytes())
attempt("linecache", lambda: bool(linecache.getline(SECRET, 1)))
attempt("symlink", lambda: linked(os.symlink, "soft"))
attempt("hardlink", lambda: linked(os.link, "hard"))
attempt("the root of a process", lambda: open("/proc/self/root" + SECRET).read()[:6])
attempt("the root of the first process", lambda: open("/proc/1/root" + SECRET).read()[:6])
attempt("the parent's folder", lambda: os.listdir(f"/proc/{os.getppid()}/cwd"))
attempt("a folder's descriptor", by_descriptor)
attempt("O_PATH", by_path_only)
attempt("sendfile", sent)
attempt("syscall", called)
