# %%
import sys

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
from IPython.display import HTML, SVG, Javascript, Latex, Markdown, display

class Safe:
    def __html__(self): return "<script>alert(1)</script>"
    def __repr__(self): return "</pre><script>alert(1)</script>"
    def _repr_html_(self): return "<script>alert(1)</script>"

for kind in (HTML, SVG, Javascript, Latex, Markdown):
    try:
        display(kind("<svg onload=alert(1)><script>alert(1)</script></svg>"))
    except Exception:
        pass
display(Safe())
print("{{7*7}} {% for x in ().__class__.__bases__ %} {{config}} ${7*7} #{7*7}")
print("</script><script>alert(1)</script> <img src=x onerror=alert(1)> javascript:alert(1)")
print("\x1b]0;title\x07\x1b[2J\x1b]52;c;aGVsbG8=\x07\x1b]8;;http://evil\x07link\x1b]8;;\x07\x1bP$q\x1b\\")
print("\u202eevil\u202c \u2066x\u2069 \x00 \x9b31m", file=sys.stderr)
raise ValueError("</pre><script>alert({{7*7}})</script>")
