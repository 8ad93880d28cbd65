# %%
import socket

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
def knock(kind, address):
    with socket.socket(socket.AF_UNIX, kind) as sock:
        sock.connect(address)
        sock.send(b"x")

def from_a_pair():
    ours, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    ours.sendto(b"x", "@FOLDER@/datagram")

attempt("a path", lambda: knock(socket.SOCK_STREAM, "@FOLDER@/stream"))
attempt("a path by datagram", lambda: knock(socket.SOCK_DGRAM, "@FOLDER@/datagram"))
attempt("a path from a pair", from_a_pair)
attempt("an abstract name", lambda: knock(socket.SOCK_STREAM, "\0@ABSTRACT@"))
for path in ("/run/docker.sock", "/run/dbus/system_bus_socket", "/run/user/0/bus", "/run/systemd/private", "/tmp/.X11-unix/X0"):
    attempt(path, lambda: knock(socket.SOCK_STREAM, path))
