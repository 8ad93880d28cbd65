# %%
import ctypes
import os
import socket
import urllib.request

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
def send(family, kind, address):
    with socket.socket(family, kind) as sock:
        sock.settimeout(0.3)
        sock.connect(address)
        sock.send(b"x")

def listen():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        sock.listen()

libc = ctypes.CDLL(None, use_errno=True)

def raw(family, kind, protocol):
    if libc.syscall(41, family, kind, protocol) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))

attempt("TCP", lambda: send(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", int("@TCP@"))))
attempt("UDP", lambda: send(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", int("@UDP@"))))

def http():
    try:
        urllib.request.urlopen("http://127.0.0.1:@TCP@/", timeout=0.3)
    except OSError as error:
        if "refused" in str(error) or "permitted" in str(error) or "denied" in str(error):
            raise  # it did not get there

attempt("HTTP", http)
attempt("listening", listen)
attempt("netlink", lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW).close())
attempt("names", lambda: socket.getaddrinfo("localhost.localdomain.invalid", 80) and False)
attempt("raw", lambda: raw(2, 3, 1) or False)
attempt("packets", lambda: raw(17, 3, 0x300) or False)
attempt("a virtual machine's", lambda: raw(40, 1, 0) or False)
attempt("kernel crypto", lambda: raw(38, 5, 0) or False)
attempt("bluetooth", lambda: raw(31, 3, 0) or False)
