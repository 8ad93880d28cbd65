# %%
import threading
import time
from pathlib import Path

import torch

# %%
loot = []

def stay():
    while True:
        for path in ("@COURSE@/tests/hidden/01_toy/test_root.py", "@OUT@/gradebook.db", "@FOLDER@/secret.txt"):
            try:
                loot.append(Path(path).read_bytes()[:5])
            except OSError:
                pass
        print("noise")
        time.sleep(0.01)

threading.Thread(target=stay, daemon=True).start()

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
    if loot:
        raise RuntimeError("G" "OT: a thread - ")
    return batch.flatten(1)

# %% question="rows_of_file"
def rows_of_file(path):
    lines = open(path).read().split()
    return [mean_of(torch.tensor([float(x) for x in line.split(",")])) for line in lines]
