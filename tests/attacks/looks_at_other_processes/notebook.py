# %%
import ctypes
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
PID, libc = int("@PID@"), ctypes.CDLL(None, use_errno=True)

def call(number, *arguments):
    result = libc.syscall(ctypes.c_long(number), *(ctypes.c_long(a) if isinstance(a, int) else a for a in arguments))
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result

def memory():
    here = ctypes.create_string_buffer(6)
    local = (ctypes.c_void_p * 2)(ctypes.addressof(here), 6)
    remote = (ctypes.c_void_p * 2)(int("@ADDRESS@"), 6)
    call(310, PID, ctypes.byref(local), 1, ctypes.byref(remote), 1, 0)
    return here.raw

def memory_by_proc():
    with open(f"/proc/{PID}/mem", "rb", buffering=0) as file:
        file.seek(int("@ADDRESS@"))
        return file.read(6)

def traced():
    call(101, 0x4206, PID, 0, 0)

attempt("its memory", memory)
attempt("its memory by /proc", memory_by_proc)
attempt("its environment", lambda: bool(open(f"/proc/{PID}/environ", "rb").read()))
attempt("its command line", lambda: bool(open(f"/proc/{PID}/cmdline", "rb").read()))
attempt("its name", lambda: bool(open(f"/proc/{PID}/comm").read()))
attempt("its maps", lambda: bool(open(f"/proc/{PID}/maps").read()))
attempt("its descriptors", lambda: bool(os.listdir(f"/proc/{PID}/fd")))
attempt("its descriptor", lambda: call(438, call(434, PID, 0), 0, 0))
attempt("tracing it", traced)
attempt("the parent's environment", lambda: b"HOME" in open(f"/proc/{os.getppid()}/environ", "rb").read() and os.getppid() > 1)
