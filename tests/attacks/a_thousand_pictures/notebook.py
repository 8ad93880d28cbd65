# %%
import base64
import struct
import zlib

import torch

# %%
from IPython.display import display

def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

def png(width, height, rows):
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")

def show(data, kind="image/png"):
    display({kind: base64.b64encode(data).decode()}, raw=True)

noise = torch.randint(0, 256, (280_000,), dtype=torch.uint8).numpy().tobytes()
picture = png(1000, 2000, noise)

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
for _ in range(30):
    show(picture)

# %%
for _ in range(30):
    show(picture)

# %%
for _ in range(30):
    show(picture)

# %%
for _ in range(30):
    show(picture)

# %%
for _ in range(30):
    show(picture)

# %%
bomb = png(40_000, 40_000, bytes(5001) * 2000)  # a few bytes that unpack to gigabytes in a browser
show(bomb)
show(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
show(b"<svg><script>alert(1)</script></svg>", "image/svg+xml")
display({"image/png": "javascript:alert(1)"}, raw=True)
display({"image/png": '" onerror="alert(1)'}, raw=True)
1 / 0
