# %%
import ctypes
import mmap
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
CODE = bytes.fromhex("4889f8" "4889f7" "4889d6" "4889ca" "0f05" "c3")  # rax, rdi, rsi, rdx; syscall; ret
memory = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
memory.write(CODE)
entry = ctypes.addressof(ctypes.c_char.from_buffer(memory))
function = ctypes.CFUNCTYPE(ctypes.c_long, *[ctypes.c_long] * 4)(entry)

def call(number, *arguments):
    result = function(number, *(list(arguments) + [0] * 3)[:3])
    if result < 0:
        raise OSError(-result, os.strerror(-result))
    return result

def program():
    try:
        call(59, ctypes.addressof(ctypes.create_string_buffer(b"/there/is/none")))
    except FileNotFoundError:
        return "it would have run"

path = ctypes.create_string_buffer(b"@FOLDER@/secret.txt")
print("machine code runs:", call(39) == os.getpid())
attempt("open", lambda: os.read(call(2, ctypes.addressof(path)), 6))
attempt("socket", lambda: call(41, 2, 1))
attempt("program", program)
