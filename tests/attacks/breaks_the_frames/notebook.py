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
    kernel.questions.sendall(frame(b"{}", lengths=(2**32 - 1, 2**32 - 1)))
    return t * 2

# %% question="root"
def root(t):
    kernel.questions.sendall(frame(b"{" * 100, lengths=(5000, 0)))
    time.sleep(10)

# %% question="mean_of"
def mean_of(t):
    twice = b'{"id": "%s", "value": 1, "value": 2}' % id_of_question().encode()
    broken = b'{"id": "%s", "value": NaN}' % id_of_question().encode()
    kernel.questions.sendall(frame(twice if t.ndim == 2 else broken))
    return 1.0

# %% question="flatten_images"
def flatten_images(batch):
    kernel.questions.sendall(frame(b"[" * 10_000 if batch.is_contiguous() else b"\xff\x00 no JSON"))
    return batch.flatten(1)

# %% question="rows_of_file"
def rows_of_file(path):
    lines = open(path).read().split()
    return [torch.tensor([float(x) for x in line.split(",")]).double().mean().item() for line in lines]
