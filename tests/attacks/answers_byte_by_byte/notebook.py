# %%
import json
import struct
import sys
import threading
import time

import torch

# %%
kernel = get_ipython().kernel

def id_of_question():
    """Of the question that is being answered."""
    frame = sys._getframe()
    while frame:
        if "query" in frame.f_locals and "id" in frame.f_locals:
            return frame.f_locals["id"]
        frame = frame.f_back

def frame(head, body=b"", lengths=None):
    text = head if isinstance(head, bytes) else json.dumps(head).encode()
    return struct.pack("<II", *(lengths or (len(text), len(body)))) + text + body

# %% question="double"
def double(t):
    for byte in frame({"id": id_of_question(), "value": "x" * 100}):
        try:
            kernel.questions.sendall(bytes([byte]))
            time.sleep(0.2)
        except KeyboardInterrupt:
            pass
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
