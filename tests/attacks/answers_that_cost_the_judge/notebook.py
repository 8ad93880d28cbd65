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

def reply(value, body=b""):
    kernel.questions.sendall(frame(b'{"id": "%s", "value": %s}' % (id_of_question().encode(), value.encode()), body))

PRIME = 2**61 - 1
colliding = ",".join('{"t":"int","v":"%x"}' % (PRIME * (10**6 + i)) for i in range(50_000))
table = b'{' + b",".join(b'"%d":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}' % i for i in range(100_000)) + b'}'
boolean = '{"t":"tensor","n":"0","dtype":"bool","size":[1000000],"stride":[1],"grad":false,"device":"cpu","kind":""}'
one = b'{"0":{"dtype":"BOOL","shape":[1000000],"data_offsets":[0,1000000]}}'

# %% question="double"
def double(t):
    reply("[" + ",".join(["[]"] * 5_000_000) + "]")
    return t * 2

# %% question="root"
def root(t):
    reply('{"t":"set","v":[%s]}' % colliding)
    return t.sqrt()

# %% question="mean_of"
def mean_of(t):
    reply("1", struct.pack("<Q", len(table)) + table)
    return 1.0

# %% question="flatten_images"
def flatten_images(batch):
    body = struct.pack("<Q", len(one)) + one + bytes(1_000_000)
    reply("[" + ",".join([boolean] * 3000) + "]", body)
    return batch

# %% question="rows_of_file"
def rows_of_file(path):
    if path == "rows.csv":
        keys = colliding.replace("},{", "}|{").split("|")
        reply('{"t":"dict","v":[%s]}' % ",".join("[%s,1]" % key for key in keys))
    return ["x" * 2**20] * 40
