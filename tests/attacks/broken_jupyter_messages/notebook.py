# %%
import time

import torch

# %%
kernel = get_ipython().kernel

def by_hand(*parts):
    kernel.iopub_thread.schedule(lambda: kernel.iopub_thread.socket.send_multipart(list(parts)))
    time.sleep(0.2)

def signed(content, kind="stream", parent=None):
    head = kernel.session.msg(kind)["header"]
    parts = [kernel.session.pack(part) for part in (head, parent or kernel.get_parent("shell")["header"], {}, {})]
    parts[3] = content
    return [b"<IDS|MSG>", kernel.session.sign(parts), *parts]

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
by_hand(b"topic", b"<IDS|MSG>", b"wrong", b"{}", b"{}", b"{}", b"{}")

# %%
by_hand(b"no delimiter")

# %%
by_hand(b"<IDS|MSG>", b"too", b"few")

# %%
by_hand(*signed(b"[1, 2, 3]"))

# %%
by_hand(*signed(b"null", "display_data"))

# %%
by_hand(*signed(b'{"data": {"image/png": [1]}, "transient": {"display_id": [[]]}}', "display_data"))

# %%
by_hand(*signed(b"{", "status"))

# %%
by_hand(*signed(b"{}", "status"))

# %%
by_hand(*signed(b"[" * 100000, "status"))

# %%
for kind in ("comm_open", "comm_msg", "comm_close", "clear_output", "update_display_data", "error", "nonsense"):
    by_hand(*signed(b"{}", kind))
