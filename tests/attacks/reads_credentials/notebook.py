# %%
import os
import pwd

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
attempt("netrc", lambda: bool(open("@HOME@/.netrc").read()))
attempt("a key", lambda: bool(open("@HOME@/.ssh/id_rsa").read()))
attempt("shadow", lambda: bool(open("/etc/shadow").read()) and os.getuid() != 0)
attempt("a token", lambda: bool(open("/var/run/secrets/kubernetes.io/serviceaccount/token").read()))
attempt("the variable", lambda: bool(os.environ["GRADER_SECRET"]))
attempt("the variable at the start", lambda: b"GRADER_SECRET" in open("/proc/self/environ", "rb").read())
attempt("the variable of the first process", lambda: b"GRADER_SECRET" in open("/proc/1/environ", "rb").read())
attempt("the machine's messages", lambda: bool(open("/dev/kmsg", "rb").read(1)) and os.getuid() != 0)
