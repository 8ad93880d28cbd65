# %%
import ctypes
import os
import subprocess

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
def spawned():
    pid = os.posix_spawn("/bin/sh", ["sh", "-c", "exit 3"], {})
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 3

def executed(path):
    pid = os.fork()
    if pid == 0:
        try:
            os.execv(path, ["sh", "-c", "exit 3"])
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 3

def from_memory():
    fd = os.memfd_create("program")
    with open("/bin/sh", "rb") as source:
        os.write(fd, source.read())
    return executed(f"/proc/self/fd/{fd}")

attempt("subprocess", lambda: subprocess.run(["/bin/sh", "-c", "exit 3"]).returncode == 3)
attempt("os.system", lambda: os.waitstatus_to_exitcode(os.system("exit 3")) == 3)
attempt("posix_spawn", spawned)
attempt("popen", lambda: os.popen("echo word").read() == "word\n")
attempt("exec", lambda: executed("/bin/sh"))
attempt("from memory", from_memory)
attempt("by bang", lambda: get_ipython().getoutput("echo word") == ["word"])

# %%
!touch /tmp/@MARK@ @TMP@/@MARK@
%sx touch @TMP@/@MARK@
%pip install evil
