# %%
import ctypes
import os
import struct

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
libc = ctypes.CDLL(None, use_errno=True)

def write(pid, address):
    """Eight bytes into the memory of another process."""
    here = ctypes.create_string_buffer(b"HACKED!!")
    local = (ctypes.c_void_p * 2)(ctypes.addressof(here), 8)
    remote = (ctypes.c_void_p * 2)(address, 8)
    if libc.process_vm_writev(pid, ctypes.byref(local), 1, ctypes.byref(remote), 1, 0) != 8:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))

def write_by_proc(pid, address):
    with open(f"/proc/{pid}/mem", "r+b", buffering=0) as memory:
        memory.seek(address)
        memory.write(b"HACKED!!")

attempt("the victim's memory", lambda: write(int("@PID@"), int("@ADDRESS@")))
attempt("the victim's memory by /proc", lambda: write_by_proc(int("@PID@"), int("@ADDRESS@")))
attempt("the parent's memory", lambda: write_by_proc(os.getppid(), 4096))

# %% question="double"
def double(t):
    return t * 2

# %% question="root"
def root(t):
    return t.sqrt()

# %% question="mean_of"
def mean_of(t):
    return 0.125

constant = next(c for c in mean_of.__code__.co_consts if type(c) is float)
ctypes.memmove(id(constant) + 16, struct.pack("d", 1.5), 8)

# %% question="flatten_images"
def flatten_images(batch):
    return batch.flatten(1)

# %% question="rows_of_file"
def rows_of_file(path):
    lines = open(path).read().split()
    return [mean_of(torch.tensor([float(x) for x in line.split(",")])) for line in lines]
