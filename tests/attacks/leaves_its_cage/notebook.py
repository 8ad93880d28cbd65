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
libc = ctypes.CDLL(None, use_errno=True)

def checked(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))

def as_root():
    os.setuid(0)
    return os.path.exists("@FOLDER@/secret.txt") and bool(open("@FOLDER@/secret.txt").read())

attempt("umount", lambda: checked(libc.umount2(b"/usr", 2)))
attempt("mount", lambda: checked(libc.mount(b"tmpfs", b"/tmp", b"tmpfs", 0, None)))
attempt("remount", lambda: checked(libc.mount(None, b"/usr", None, 32 | 4096, None)))
attempt("pivot_root", lambda: checked(libc.syscall(155, b".", b".")))
attempt("chroot", lambda: os.chroot(".."))
attempt("another namespace", lambda: checked(libc.setns(os.open("/proc/1/ns/mnt", os.O_RDONLY), 0)))
attempt("a new namespace", lambda: checked(libc.unshare(0x10000000)))
attempt("another user", as_root)
attempt("capabilities", lambda: any(int(line.split()[1], 16) for line in open("/proc/self/status") if line.startswith(("CapEff", "CapPrm", "CapAmb"))))
attempt("new privileges", lambda: checked(libc.prctl(38, 0, 0, 0, 0)))
attempt("out by ..", lambda: bool(open("../" * 30 + "@FOLDER@/secret.txt").read()))
