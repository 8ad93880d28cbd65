# %%
import ctypes
import errno
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
CALLS = {
    "io_uring": 425, "bpf": 321, "userfaultfd": 323, "perf_event_open": 298, "keyctl": 250, "add_key": 248,
    "fsopen": 430, "open_tree": 428, "mount_setattr": 442, "setns": 308, "unshare": 272, "chroot": 161, "acct": 163,
    "init_module": 175, "kexec_load": 246, "iopl": 172, "syslog": 103, "open_by_handle_at": 304, "ptrace": 101,
    "process_vm_readv": 310, "pidfd_open": 434, "kcmp": 312, "personality": 135, "modify_ldt": 154, "swapon": 167,
    "quotactl": 179, "lookup_dcookie": 212, "memfd_create": 319, "memfd_secret": 447, "shmget": 29, "msgget": 68,
    "semget": 64, "mq_open": 240, "settimeofday": 164, "sethostname": 170, "reboot": 169, "vhangup": 153,
    "fanotify_init": 300, "inotify_init": 253, "move_pages": 279, "clone3": 435, "statmount": 457, "unknown": 600,
}
libc = ctypes.CDLL(None, use_errno=True)

def poke(number):
    """Arguments that do no harm. Only a refusal counts as one: a complaint about them means that it answered."""
    ctypes.set_errno(0)
    if libc.syscall(ctypes.c_long(number), *[ctypes.c_long(-1)] * 6) < 0:
        if ctypes.get_errno() in (errno.EPERM, errno.ENOSYS, errno.EACCES):
            raise PermissionError(os.strerror(ctypes.get_errno()))
    return number

for name, number in CALLS.items():
    attempt(name, lambda: poke(number))
