# %%
import torch

# %% question="double"
def double(t):
    return None

double.__name__ = "<script>alert(1)</script>"

# %% question="root"
class Odd: pass

Odd.__qualname__ = "</code><img src=x onerror=alert(1)>"

def root(t):
    return Odd()

# %% question="mean_of"
def mean_of(t):
    raise type("{{7*7}}", (Exception,), {})("{% raw %}<script>{{7*7}}")

# %% question="flatten_images"
def flatten_images(batch):
    raise type("\x1b[31mred\x1b]0;title\x07\u202e", (Exception,), {})("`code` </script>")

# %% question="rows_of_file"
def rows_of_file(path):
    return "<b>" + path if path == "rows.csv" else {"<i>": 1}
