# %%
import torch

# %%
class Trap(type):
    __name__ = property(lambda cls: 5)
    __mro__ = property(lambda cls: None)

class Nameless(Exception, metaclass=Trap): pass

class Endless(Exception):
    def __str__(self):
        while True: pass

class Huge(Exception):
    def __str__(self): return "x" * 10**8

class Leaving(Exception):
    def __str__(self): raise SystemExit(0)

class AssertionError(Exception): pass

AssertionError.__name__ = "<b>passed</b>" * 1000

# %% question="double"
def double(t):
    raise Nameless

# %% question="root"
def root(t):
    raise Huge

# %% question="mean_of"
def mean_of(t):
    raise Endless if t.ndim == 2 else Leaving

# %% question="flatten_images"
def flatten_images(batch):
    raise AssertionError("1 passed")

# %% question="rows_of_file"
def rows_of_file(path):
    error = None
    for _ in range(5000):
        try:
            raise ValueError(error)
        except ValueError as new:
            new.__cause__, error = error, new
    raise error
