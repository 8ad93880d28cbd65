# %%
import ctypes
import os
import resource
import signal

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
    result = libc.syscall(ctypes.c_long(number), *(ctypes.c_long(a) for a in arguments))
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))

def priority():
    os.setpriority(os.PRIO_PROCESS, PID, 19)
    return os.getpriority(os.PRIO_PROCESS, PID) == 19

def processors():
    os.sched_setaffinity(PID, {0})
    return os.sched_getaffinity(PID) == {0}

def limits():
    soft, hard = resource.prlimit(PID, resource.RLIMIT_CPU)
    resource.prlimit(PID, resource.RLIMIT_CPU, (100_000, hard))

attempt("the victim", lambda: os.kill(PID, signal.SIGURG))
attempt("everybody", lambda: os.kill(-1, signal.SIGURG) or os.path.exists(f"/proc/{PID}/stat"))
attempt("a thread of the victim", lambda: call(234, PID, PID, signal.SIGURG) or False)
attempt("by queue", lambda: call(129, PID, signal.SIGURG, 0) or False)
attempt("the parent", lambda: os.kill(os.getppid(), 0) if os.getppid() > 1 else False)
attempt("its priority", priority)
attempt("its processors", processors)
attempt("its limits", limits)
