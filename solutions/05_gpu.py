# %% [markdown]
# # 5 · On the GPU
#
# A network that learns for a day on the processor of your computer learns in half an hour on a graphics card. The code
# hardly changes for it: a `.to(device)` here and there. And yet the same few things go wrong for everybody. Half of the
# tensors stay behind. The card waits for Python most of the time, and nobody notices, because waiting raises no error.
# The stopwatch shows a time that nothing took. In this notebook you learn to write code that runs on whatever hardware
# there is, and to see what it costs.
#
# **How to work.** As before: read, replace the line that raises `NotImplementedError`, run the cell, and let `check`
# say whether the examples come out right. When you hand in, your functions are called with other inputs, and some are
# watched while they work: what they copy, how often they wait, how much memory they take. All that they have to do
# stands in the text and in the docstrings. Two things hold everywhere: a tensor may lie in memory in any way, as a slice or
# a transposed one does; and what a text does not tell you to change stays as it was, be it an argument, the mode of a model
# and its hooks, the settings of PyTorch, its random numbers or files. Unless a question says otherwise, the CPU is called `"cpu"`,
# without a number, and nobody has called `torch.set_default_device`.
#
# **You need no GPU for it.** Where there is none, the cell with the imports starts a stand-in: a simulated machine with two
# cards.
# `"cuda"` then works wherever PyTorch takes a device. The stand-in computes on the CPU, counts what crosses between CPU
# and card, and refuses what a real card refuses, in the same words. It is not fast, and nothing in your answers needs to
# know that it is there: they must be right on a real card, on the stand-in, and many of them on a machine without
# either.

# %%
import copy
import math
import random
import time
import warnings
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from grader import beside, check, simulated_cuda, start_simulation, when_solved

if not torch.cuda.is_available():
    # a stand-in for two cards, see above; on a machine with a GPU it is not needed
    start_simulation(devices=2)


# %%
def show_bars(title, numbers, unit):
    """Show numbers as bars, each with its label."""
    longest = max(numbers.values()) or 1
    print(f"{title}:")
    for label, number in numbers.items():
        bar = "█" * round(30 * number / longest)
        print(f"  {label:30} {bar:30} {number:,.6g} {unit}")


# %% [markdown]
# # Part 1 · Where things are

# %% [markdown]
# ## What is there
#
# A CPU has a few cores that can each do anything, one thing after the other. A GPU has thousands that can do only simple
# arithmetic, but all at once. That suits networks: the million products of a matrix multiplication do not depend on each
# other, so all of them can be computed at the same time. Work of this kind is called **embarrassingly parallel**.
#
# Between your line of Python and those cores there is a stack of software. The *driver* talks to the hardware. *CUDA* is
# NVIDIA's platform for general computations on it. *cuDNN* is a library on top of that, with fast convolutions and the
# like. PyTorch brings both along and calls them for you; you never write CUDA yourself. AMD's counterpart is called
# ROCm, and a PyTorch that was built for it answers to the name `"cuda"` as well, so that programs need no change. Intel's
# cards are called `"xpu"`, the graphics part of Apple's chips `"mps"`. TPUs need a package of their own.
#
# ![The CPU with its memory, the card with its own, and the narrow bus between them](figures/bus.svg)
#
# The picture explains most of this notebook. The card has its **own memory**. What it computes with must lie there, and
# the way there, the bus, is many times slower than either memory.
#
# First, find out what there is. Three questions are easily confused: whether *PyTorch was built for CUDA*
# (`torch.version.cuda` is a version such as `"13.0"`, or `None`), whether *it can be used here*
# (`torch.cuda.is_available()`, which needs a driver and a card as well), and *how many cards* there are
# (`torch.cuda.device_count()`, 0 where there are none). What card number *i* is, `torch.cuda.get_device_properties(i)`
# says, with attributes such as `name` and `total_memory` (in bytes). A PyTorch that was built for CUDA runs on a laptop
# without a card, too. In a terminal, `nvidia-smi` shows the cards and who uses them. If it knows a card and PyTorch does
# not, the installed PyTorch is most likely one without CUDA.


# %% question="env_report"
def env_report() -> dict[str, object]:
    """What this machine and this PyTorch offer.

    Returns:
        A dict with the keys
        "torch": the version of PyTorch, a str;
        "built_for": the version of CUDA for which it was built, a str, or None;
        "available": whether CUDA can be used here, a bool;
        "names": the names of all CUDA devices in their order, a list of str, empty where there are none;
        "bytes": how much memory each of them has in total, a list of ints.
    """
    # BEGIN SOLUTION
    cards = [torch.cuda.get_device_properties(i) for i in range(torch.cuda.device_count())]
    return {
        "torch": str(torch.__version__),
        "built_for": torch.version.cuda,
        "available": torch.cuda.is_available(),
        "names": [card.name for card in cards],
        "bytes": [card.total_memory for card in cards],
    }
    # END SOLUTION


check("env_report")

# %% [markdown]
# A program that says `"cuda"` everywhere dies on your friend's laptop. So one asks **once**, at the top, and hands the
# answer to everything else:
#
# ```python
# device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
# ```
#
# Mind the brackets after `is_available`. Without them you ask whether the function exists, and it always does.
#
# Your function knows four kinds of hardware and takes the first of a list that can be used. The ones to ask are
# `torch.cuda.is_available()`, `torch.xpu.is_available()` and `torch.backends.mps.is_available()`; the CPU is always
# there.


# %% question="pick_device"
def pick_device(prefer: Sequence[str] = ("cuda", "xpu", "mps", "cpu")) -> torch.device:
    """The first device of a list that this machine has.

    Args:
        prefer: one or more of the words "cuda", "xpu", "mps" and "cpu", the one to be tried first in
            front.

    Returns:
        A torch.device without a number, such as `torch.device("cuda")`.

    Raises:
        ValueError: if `prefer` holds another word, wherever it stands: also "meta" or "cuda:1", which
            PyTorch knows.
        RuntimeError: if none of those named can be used.
    """
    # BEGIN SOLUTION
    usable = {
        "cuda": torch.cuda.is_available,
        "xpu": torch.xpu.is_available,
        "mps": torch.backends.mps.is_available,
        "cpu": lambda: True,
    }
    if unknown := set(prefer) - set(usable):
        raise ValueError(f"no such device: {sorted(unknown)}")
    for name in prefer:
        if usable[name]():
            return torch.device(name)
    raise RuntimeError(f"none of {list(prefer)} can be used here")
    # END SOLUTION


check("pick_device")

# %% [markdown]
# A `torch.device` has a `type`, such as `"cuda"`, and an `index`, which counts from zero: the first card is `cuda:0`. The index
# may be missing (`None`). `torch.device("cuda")` means the current card, which is number 0 unless somebody chose another. That
# makes comparisons treacherous: `torch.device("cuda") == torch.device("cuda:0")` is `False`, though a tensor that was sent to
# `"cuda"` says of itself that it is on `cuda:0`. And a device never equals a string: `t.device == "cpu"` is always `False`.


# %% question="same_device"
def same_device(a: torch.device | str, b: torch.device | str) -> bool:
    """Whether two names mean the same device.

    Args:
        a, b: a torch.device or its name, such as "cpu", "cuda", "cuda:1" or "xpu". They need not exist on
            this machine, so do not make tensors there. A name without a number counts as number 0 here,
            whichever card is the current one.
    """
    # BEGIN SOLUTION
    a, b = torch.device(a), torch.device(b)
    return a.type == b.type and (a.index or 0) == (b.index or 0)
    # END SOLUTION


check("same_device")

# %% [markdown]
# In older programs you will meet the pair of dtype and device as *one* name: `torch.FloatTensor` on the CPU,
# `torch.cuda.FloatTensor` on a card. The method `t.type()` still says it this way. Nobody needs these classes for new
# code, but you should be able to read them. Beware of the names for integers, which come from the language C.
#
# **Look.** All of them, on the CPU and on a card. Which names would you have read wrongly? (`Byte` has no sign, `Char` has one;
# a `Long` is an int64, a `Double` a float64.)

# %%
for dtypes in ("uint8 int8 int16 int32 int64", "float16 bfloat16 float32 float64 bool"):
    for name in dtypes.split():
        on_cpu, on_card = (
            torch.empty(0, dtype=getattr(torch, name), device=place).type() for place in ("cpu", "cuda")
        )
        print(f"{name:9} {on_cpu:21} {on_card}")

# %% [markdown] question="the_stack"
# **In words: which layer is it?** `nvidia-smi` lists a card, but `torch.cuda.is_available()` says `False`. Name two
# layers of the stack that may be the cause, and say what you would look at to tell them apart. And what would have to
# change in your program on a machine with an AMD card?
#
# <!-- BEGIN SOLUTION -->
# The hardware and the driver are there, or `nvidia-smi` would not list the card. Either PyTorch was built without CUDA:
# then `torch.version.cuda` is `None`, and another PyTorch has to be installed. Or the driver is too old for the CUDA that
# this PyTorch brings along: then `torch.version.cuda` is a newer version than `nvidia-smi` shows. On an AMD card the program
# stays as it is, with "cuda": it needs a PyTorch that was built for ROCm, which answers to that name.
# <!-- END SOLUTION -->

# %% [markdown]
# **Look.** This is what your functions say of the machine on which the notebook runs. Is it a real card? The stand-in does
# not hide that it is a stand-in.


# %%
@when_solved
def this_machine():
    report = env_report()
    print(
        f"PyTorch {report['torch']}, built for CUDA: {report['built_for']},",
        f"can be used: {report['available']}",
    )
    print("Your programs would run on:", pick_device())
    sizes = zip(report["names"], report["bytes"], strict=True)
    gib = {f"cuda:{i}, {name}": size / 2**30 for i, (name, size) in enumerate(sizes)}
    show_bars("The memory of each card", gib or {"none": 0}, "GiB")


# %% [markdown]
# ## Across the bus
#
# How much crosses the bus, and how often, decides whether a GPU helps. You cannot see it in the code, so this notebook
# has a tool that counts. It runs a function on the stand-in, also on a machine with a real card:


# %%
def counted(f: Callable[..., object], *args: object) -> Any:
    """What crosses between CPU and card while f(*args) runs.

    Pass CPU tensors, and move them inside of f.
    """
    with simulated_cuda(devices=2, join=True) as machine:
        before = machine.counts
        f(*args)
        return machine.counts - before


def crossings(f: Callable[..., object], *args: object) -> None:
    """Run f(*args) and print what crossed."""
    found = counted(f, *args)
    print(f"  copies to the card: {found.host_to_device}, bytes: {found.host_to_device_bytes}")
    print(f"  copies from the card: {found.device_to_host}, bytes: {found.device_to_host_bytes}")
    print(f"  waits for a value: {found.synchronising_reads}")


crossings(lambda: torch.ones(1000).to("cuda").sum().item())

# %% [markdown]
# The thousand numbers went over, 4000 bytes. The sum was computed there. And `.item()` wanted the value, so Python had to wait
# until the card had computed it. (A single value that is read like this is counted as a wait and not as a copy. A tensor that
# `.cpu()` brings back is counted as both: Python waits for it, too.)
#
# The cheapest copy is none. Every factory (`zeros`, `arange`, `rand`, …) takes a `device=` and then makes its tensor
# right there. `torch.arange(n).to(device)` makes it in the wrong memory first, then carries it over. (A list of Python numbers
# must cross in any case; `torch.tensor([1.0, 2.0], device=device)` takes them there in one line.) And it takes a `dtype=`.
# `torch.zeros(3)` is `float32` only as long as nobody has called `torch.set_default_dtype`; who needs `float32` says so.


# %% question="grid_on"
def grid_on(height: int, width: int, device: torch.device | str) -> torch.Tensor:
    """The coordinates of each pixel of a picture, made on the device: nothing may cross the bus.

    Args:
        height, width: at least 1.
        device: where the result must be.

    Returns:
        Shape (height, width, 2), float32 whatever PyTorch's default dtype is: element [i, j] is (i, j).
    """
    # BEGIN SOLUTION
    rows = torch.arange(height, dtype=torch.float32, device=device)
    columns = torch.arange(width, dtype=torch.float32, device=device)
    return torch.stack(torch.meshgrid(rows, columns, indexing="ij"), dim=2)
    # END SOLUTION


check("grid_on")

# %% [markdown]
# What exists already is moved with `t.to(device)`; `t.cuda()` and `t.cpu()` are older forms that name the target. The most
# important thing about it: `.to` **returns** the tensor on the other device and leaves `t` where it was. Whoever writes
# `t.to(device)` on a line of its own has paid for a copy and thrown it away. `.to` also takes a dtype, alone or after the
# device: `t.to(device, torch.float16)`. And if nothing has to be done, because `t` has that device and dtype already, it
# returns `t` itself and copies nothing.
#
# Modules are different: `model.to(device)` moves the parameters *inside* of the model and returns the same model. There,
# a line of its own is enough.


# %% question="move"
def move(t: torch.Tensor, device: torch.device | str, dtype: torch.dtype | None = None) -> torch.Tensor:
    """A tensor on a device.

    Args:
        t: any tensor, on any device; it must stay as it is.
        device: where to.
        dtype: the result's dtype; None means that of `t`.

    Returns:
        The same numbers there. If device and dtype fit already, `t` itself and no copy of it.
    """
    # BEGIN SOLUTION
    return t.to(device, dtype or t.dtype)
    # END SOLUTION


check("move")

# %% [markdown]
# A photograph has one byte per channel and pixel (`uint8`). The network wants `float32`, four bytes. Where you convert
# makes a difference of four: to divide on the CPU and send floats means to send four times as much. Send the bytes, and
# let the card do the arithmetic. (`t.to(device, torch.float32)` does both, but in the wrong order: on the way to a card it
# converts on the CPU, and sends floats.)


# %% question="pictures_on"
def pictures_on(images: torch.Tensor, device: torch.device | str) -> torch.Tensor:
    """Pictures as a network wants them, with as few bytes across the bus as possible.

    Args:
        images: shape (N, H, W, C), uint8, values 0 to 255, on the CPU.
        device: where the result must be.

    Returns:
        Shape (N, C, H, W), float32 whatever PyTorch's default dtype is, values 0 to 1: each divided by
        255. Only the uint8 values cross, in one copy.
    """
    # BEGIN SOLUTION
    return images.to(device).permute(0, 3, 1, 2).float() / 255
    # END SOLUTION


check("pictures_on")

# %% [markdown]
# The operands of an operation must share a device. `a + b` with `a` on the CPU and `b` on the card raises
#
# ```text
# RuntimeError: Expected all tensors to be on the same device, but found at least two devices, cpu and cuda:0!
# ```
#
# PyTorch does not move anything by itself, and rightly so: a silent copy in every step is what you would never find.
# Two *cards* are two devices as well. There is one exception, for tensors without axes (PyTorch says *0-dimensional*)
# **on the CPU**: they are as good as a Python number, travel along, and the result is where the other operand is. It holds
# in one direction only. A 0-dimensional tensor on the card does not meet a vector on the CPU.


# %% question="mixable"
def mixable(a: torch.Tensor, b: torch.Tensor) -> bool:
    """Whether `a + b` works as far as devices are concerned.

    Args:
        a, b: tensors whose shapes fit, each on the CPU or on a card.
    """
    # BEGIN SOLUTION
    return a.device == b.device or any(t.ndim == 0 and t.device.type == "cpu" for t in (a, b))
    # END SOLUTION


def add_aligned(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """The sum of two tensors, on the device of the first.

    Args:
        a, b: tensors whose shapes fit, on any devices.

    Returns:
        a + b, always on a's device, even if `a + b` itself would be on b's. It has the dtype and the
        graph of `a + b`.
    """
    # BEGIN SOLUTION
    return a + b.to(a.device)
    # END SOLUTION


check("mixable")

# %% [markdown]
# What is computed on a card stays there: `2 * t`, then `+ 4`, then `.exp()`, and nothing returns until you ask for it
# with `.cpu()`. So the cheap shape of a computation is: everything over, all the work there, the result back. One trip,
# however long the work.
#
# **Look.** These three steps on the card, once in one trip, and once with the result brought home after each step. The numbers
# that come out are the same. How many times as many bytes cross?


# %%
def one_trip(t):
    return (2 * t.to("cuda") + 4).exp().cpu()


def home_after_each_step(t):
    t = (2 * t.to("cuda")).cpu()
    t = (t.to("cuda") + 4).cpu()
    return t.to("cuda").exp().cpu()


for way in (one_trip, home_after_each_step):
    print(f"{way.__name__}:")
    crossings(way, torch.ones(1000))

# %% [markdown]
# NumPy knows nothing about cards. `t.numpy()` of a tensor on a card raises a `TypeError`, that of one which requires
# gradients a `RuntimeError`. Both have a cure that is spelled out in the message. A third thing raises nothing: `.cpu()`
# of a tensor that is on the CPU already copies nothing, so on one machine the array is a copy and on the other it shares
# memory with the tensor. Code that is to behave the same everywhere has to decide.


# %% question="to_numpy"
def to_numpy(t: torch.Tensor) -> np.ndarray:
    """The numbers of a tensor as an array of its own.

    Args:
        t: a tensor on any device, of a real dtype that NumPy has too, with or without a graph behind it;
            it must stay as it is.

    Returns:
        An array of the same shape and the corresponding dtype. It never shares memory with `t`.
    """
    # BEGIN SOLUTION
    return t.detach().to("cpu", copy=True).numpy()
    # END SOLUTION


check("to_numpy")

# %% [markdown]
# In the other direction, `torch.as_tensor(array)` shares the array's memory: a change of the one is seen in the other. Two
# memories cannot share, so on a card it always copies. Nor can it share when the dtype has to change. Find out which of
# the two happened, without leaving a mark on the array. (`np.shares_memory` says it of two arrays. For a tensor on the
# CPU, `t.numpy()` is an array in the tensor's own memory.)


# %% question="aliases"
def aliases(array: np.ndarray, device: torch.device | str, dtype: torch.dtype | None = None) -> bool:
    """Whether `torch.as_tensor(array, dtype=dtype, device=device)` shares the memory of the array.

    Args:
        array: numbers, at least one, and such that `torch.as_tensor` takes it; it must stay as it is.
        device: where the tensor is to be.
        dtype: the tensor's dtype, one that NumPy has too; None means the array's.
    """
    # BEGIN SOLUTION
    t = torch.as_tensor(array, dtype=dtype, device=device)
    return t.device.type == "cpu" and np.shares_memory(t.numpy(), array)
    # END SOLUTION


check("aliases")

# %% [markdown]
# A batch is often not one tensor but a pair, a dict of inputs and masks, or a list of dicts. None of these has a `.to`.
# Write the helper that every larger project has: it walks through whatever it is given and moves the tensors. One kind of
# tuple needs care: the class of a *named* tuple, such as `Pair` below, takes its fields as separate arguments, and no list of
# them. You recognise one by its attribute `_fields`.

# %%
Pair = namedtuple("Pair", ["image", "label"])
for one in (Pair(torch.zeros(2), 1), (torch.zeros(2), 1)):
    print(f"{one!s:40} is a tuple: {isinstance(one, tuple)}, has fields: {hasattr(one, '_fields')}")


# %% question="to_device"
def to_device(obj: Any, device: torch.device | str) -> Any:
    """The same structure with all of its tensors on a device.

    Args:
        obj: a tensor; or a list, tuple, named tuple or dict of such things, however deep; or anything
            else. (A dict may be an OrderedDict, as that of `model.state_dict()` is. Other classes made of
            these do not occur.)
        device: where to.

    Returns:
        New lists, tuples, named tuples (of the same class) and dicts (with the same keys in the same
        order; for an OrderedDict a plain one will do), with the tensors moved. Anything else comes back
        as it is. `obj` itself stays as it is.
    """
    # BEGIN SOLUTION
    if isinstance(obj, torch.Tensor):
        return obj.to(device)
    if isinstance(obj, dict):
        return {key: to_device(value, device) for key, value in obj.items()}
    if isinstance(obj, list):
        return [to_device(value, device) for value in obj]
    if isinstance(obj, tuple):
        moved = [to_device(value, device) for value in obj]
        return type(obj)(*moved) if hasattr(obj, "_fields") else tuple(moved)
    return obj
    # END SOLUTION


check("to_device")

# %% [markdown]
# **Predict.** Eight photographs go to the card, once as floats that were made on the CPU and once by your `pictures_on`. How many
# bytes is that? And how many does your `grid_on` send? Say it before you look below. (A prediction earns its
# point for being made, whether it comes true or not.)


# %% question="guess_bytes"
def guess_bytes() -> dict[str, int]:
    """How many bytes cross to the card, a whole number each.

    Under "floats", for eight photographs of 32×32 pixels and three channels that are made `float32` on
    the CPU; under "pictures_on", for the same photographs as uint8; under "grid_on", for
    `grid_on(32, 32, "cuda")`.
    """
    # BEGIN SOLUTION
    return {"floats": 4 * 8 * 32 * 32 * 3, "pictures_on": 8 * 32 * 32 * 3, "grid_on": 0}
    # END SOLUTION


check("guess_bytes")

# %% [markdown]
# **Look.** How many times as long is the first bar as the second?


# %%
@when_solved
def bytes_over_the_bus():
    guessed = guess_bytes()
    photographs = torch.zeros(8, 32, 32, 3, dtype=torch.uint8)
    ways = {
        "floats": lambda: (photographs / 255.0).to("cuda"),
        "pictures_on": lambda: pictures_on(photographs, "cuda"),
        "grid_on": lambda: grid_on(32, 32, "cuda"),
    }
    sent = {name: counted(way).host_to_device_bytes for name, way in ways.items()}
    show_bars("Bytes to the card", sent, "bytes")
    beside(guessed, sent)


# %% [markdown]
# ## Models on a device
#
# A model with one layer and one plain tensor is moved to the card. Which of the two goes along?


# %%
class Forgetful(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)
        self.mean = torch.zeros(2)


forgetful = Forgetful().to("cuda")
print("layer.weight is on", forgetful.layer.weight.device)
print("mean is on        ", forgetful.mean.device)

# %% [markdown]
# `model.to(device)` moves what is *registered* with the model: its parameters, and its **buffers**, which are tensors that
# belong to the model but are not trained, such as a mean that was measured once. A plain tensor that you store with
# `self.mean = mean` is neither. It stays behind, and nobody notices before the model runs on a card. Nor is it saved in
# the `state_dict`. The cure is the method `register_buffer`, which takes a name and a tensor.
#
# The second trap is a tensor that `forward` makes itself. `torch.ones(n)` is on the CPU, wherever the model is. Make it
# where the input is: `torch.ones(n, device=x.device, dtype=x.dtype)`, or with one of `x.new_ones(n)` and
# `torch.ones_like(x)`.


# %% question="Prepare"
class Prepare(nn.Module):
    """Standardises each feature with fixed statistics, and appends a column of ones.

    Args:
        mean, std: shape (F,), floating point, both of one dtype; std is positive. They are buffers with
            the names "mean" and "std": they move with the module, are saved with it, and are not
            trained. Whether they share memory with what was given is up to you.
    """

    def __init__(self, mean: torch.Tensor, std: torch.Tensor) -> None:
        super().__init__()
        # BEGIN SOLUTION
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)
        # END SOLUTION

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Standardise a batch.

        Args:
            x: shape (N, F), on the module's device and in the dtype of mean and std.

        Returns:
            Shape (N, F + 1), on the same device and in the same dtype: (x - mean) / std, then a column of
            ones.
        """
        # BEGIN SOLUTION
        return torch.cat([(x - self.mean) / self.std, x.new_ones(len(x), 1)], dim=1)
        # END SOLUTION


check("Prepare")

# %% [markdown]
# Every layer of PyTorch takes `device=` and `dtype=` and then makes its parameters right there, which saves a large
# model the way across the bus. Give your own layer the same. One trap: `nn.Parameter(t).to(device)` is no parameter any
# more when `.to` has to copy. It is an ordinary tensor that was computed *from* a parameter. The module does not register
# it, and no optimizer will ever see it. First the tensor in its place, then `nn.Parameter` around it.


# %% question="Scale"
class Scale(nn.Module):
    """Multiplies each feature by a weight and adds a bias; both are trained.

    Args:
        features: how many, F.
        device, dtype: where and as what the parameters are made; None means PyTorch's default at that
            time (which `torch.set_default_device` and `torch.set_default_dtype` change). Nothing crosses
            the bus.

    Attributes:
        weight: parameter of shape (F,), all ones.
        bias: parameter of shape (F,), all zeros.
    """

    def __init__(
        self, features: int, device: torch.device | str | None = None, dtype: torch.dtype | None = None
    ) -> None:
        super().__init__()
        # BEGIN SOLUTION
        self.weight = nn.Parameter(torch.ones(features, device=device, dtype=dtype))
        self.bias = nn.Parameter(torch.zeros(features, device=device, dtype=dtype))
        # END SOLUTION

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """x · weight + bias, of the shape of x.

        Args:
            x: shape (..., F), on the device and in the dtype of the parameters.
        """
        # BEGIN SOLUTION
        return x * self.weight + self.bias
        # END SOLUTION


check("Scale")

# %% [markdown]
# Training on a card needs three things there: the model, the inputs, and the **targets**, which are forgotten most often,
# because they only meet the others in the loss. The model moves once, before the training. The batches come from the
# CPU and move in the loop.
#
# What should a step return? `loss.item()` makes Python wait for the card in every step. `loss` itself keeps the graph of
# that step alive for as long as anybody keeps the loss, so a list of such losses fills the memory. `loss.detach()` is a
# number that stays on the card, without a past, and nobody waits.


# %% question="train_step"
def train_step(
    model: nn.Module,
    batch: tuple[torch.Tensor, torch.Tensor],
    optimizer: torch.optim.Optimizer,
    loss_fn: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
) -> torch.Tensor:
    """One step of training, on the device on which the model is.

    Args:
        model: all of its parameters are on one device; it has at least one.
        batch: inputs and targets, on the CPU; each crosses the bus once.
        optimizer: of the model's parameters, which may have old gradients; those must not count.
        loss_fn: takes predictions and targets, gives a 0-dimensional tensor.

    Returns:
        The loss before the step, on the model's device and without a graph. Nothing is read and nothing
        waits, apart from the two copies, which may block. The model stays in the mode in which it is.
    """
    # BEGIN SOLUTION
    device = next(model.parameters()).device
    x, y = (t.to(device) for t in batch)
    loss = loss_fn(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.detach()
    # END SOLUTION


check("train_step")

# %% [markdown]
# A file that was written on a card remembers the card: `torch.load` wants to put the tensors back on `cuda:1`, and fails
# on a machine that has no such thing. `torch.load(path, map_location="cpu")` puts them elsewhere. Better still is a file
# that holds CPU tensors in the first place. But do not call `model.cpu()` in order to save: that moves the model away from
# under its own training.
#
# To go on with a training, one needs the optimizer's state as well: momentum and the like, and sometimes the learning rate,
# are tensors on the card too, buried in nested dicts and lists. Your `to_device` can bring them to the CPU; any other way
# will do as well. But write nothing into what `optimizer.state_dict()` returns: the dicts of its state are the optimizer's own,
# and with CPU tensors in them the training on the card cannot go on.
#
# Loading takes care of the way back. `model.load_state_dict` copies the numbers *into* the parameters, wherever these are, and
# `optimizer.load_state_dict` moves its state to the parameters that it belongs to. (A learning rate that is a tensor is on the
# CPU in the file, like all others, and stays there when it is loaded. That does no harm: it has no axes, so it meets a card.)


# %% question="save_portable"
def save_portable(path: str | Path, model: nn.Module, optimizer: torch.optim.Optimizer) -> None:
    """Write a checkpoint that can be loaded on any machine.

    Args:
        path: of the file.
        model, optimizer: on any device; both must stay there and stay as they are.

    The file holds a dict with the keys "model" and "optimizer": the two state dicts, with all tensors on
    the CPU. Plain dicts and lists will do in the place of other kinds.
    """
    # BEGIN SOLUTION
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict()}
    torch.save(to_device(state, "cpu"), path)
    # END SOLUTION


def load_portable(path: str | Path, model: nn.Module, optimizer: torch.optim.Optimizer) -> None:
    """Load a checkpoint into a model and its optimizer, on whatever device they are.

    Args:
        path: of a file with the keys "model" and "optimizer", written by `save_portable` or by somebody
            who left the tensors on a device that does not exist here.
        model, optimizer: made like those that were saved. They stay on their device and get the saved
            numbers.
    """
    # BEGIN SOLUTION
    saved = torch.load(path, map_location="cpu")
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])
    # END SOLUTION


check("save_portable")

# %% [markdown]
# **Look.** Three steps with your `train_step` on the card, with a model that is moved there first. Six copies are the batches,
# and two are the model's weight and bias. How often did Python wait?


# %%
@when_solved
def three_steps():
    def steps():
        model = nn.Linear(4, 2).to("cuda")
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        for _ in range(3):
            train_step(model, (torch.ones(8, 4), torch.ones(8, 2)), optimizer, nn.MSELoss())

    crossings(steps)


# %% [markdown]
# ## Random numbers
#
# One seed, two places:

# %%
for place in ("cpu", "cuda"):
    print(
        f"{place:5}",
        torch.rand(3, generator=torch.Generator(place).manual_seed(7), device=place).tolist(),
    )

# %% [markdown]
# Each card has a random number generator of its own, beside the CPU's, NumPy's and Python's. A training that is to be
# repeated exactly has to seed all that it uses. `torch.manual_seed` seeds the CPU's *and those of all cards*;
# `torch.cuda.manual_seed` only the current card's.
#
# **Look.** A function that seeds all of them, and four draws after it, twice. What would differ in the second line if
# `np.random.seed` were left out?


# %%
def seed_everything(seed):
    """Seed Python's generator, NumPy's, PyTorch's on the CPU, and those of all cards."""
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


for _ in range(2):
    seed_everything(1234)
    draws = random.random(), np.random.rand(), torch.rand(()).item(), torch.rand((), device="cuda").item()
    print("Python {:.4f}   NumPy {:.4f}   PyTorch on the CPU {:.4f}   on a card {:.4f}".format(*draws))

# %% [markdown]
# The same seed gives **different numbers** on the CPU and on a card, because the generators work in different ways. If a
# starting weight is to be the same on every machine, draw it on the CPU and move it. And a function that seeds the global
# generator meddles with all other draws of the program. A generator of one's own does not:
#
# ```python
# generator = torch.Generator().manual_seed(seed)
# torch.rand(2, 3, generator=generator)
# ```
#
# (`torch.rand` takes a tuple as well, `()` for a single number. And it draws in PyTorch's default dtype, with other numbers
# for float64 than for float32, if nothing else is said.)
#
# The second function is a small exercise: under seed 1234 the two draws A and B, each of shape (2, 3), have the product
# A·Bᵀ = [[.3647, .4709], [.5184, .5617]]. Its largest element is .5617, at position 3 of the flattened matrix, its
# smallest .3647, at position 0.


# %% question="draw_then_move"
def draw_then_move(shape: tuple[int, ...], seed: int, device: torch.device | str) -> torch.Tensor:
    """Uniform random numbers that are the same on every device.

    Args:
        shape: of the result.
        seed: for a CPU generator; the program's own generators must be left as they are.
        device: where the result must be.

    Returns:
        The first draw of `torch.rand`, float32 whatever PyTorch's default dtype is, of a CPU generator
        with that seed.
    """
    # BEGIN SOLUTION
    generator = torch.Generator().manual_seed(seed)
    return torch.rand(shape, generator=generator, dtype=torch.float32).to(device)
    # END SOLUTION


def extremes(seed: int, device: torch.device | str) -> dict[str, object]:
    """The exercise of the text.

    Args:
        seed: set once; A is the first draw of shape (2, 3), float32, B the next one from the same CPU
            generator. The program's own generators must be left as they are here, too.
        device: where the product is computed, and where it is in the result.

    Returns:
        A dict with the keys "product" (A·Bᵀ, a tensor on `device`), "max" and "min" (floats), "argmax"
        and "argmin" (ints: their positions in the flattened product).
    """
    # BEGIN SOLUTION
    generator = torch.Generator().manual_seed(seed)
    a, b = (torch.rand(2, 3, generator=generator, dtype=torch.float32).to(device) for _ in range(2))
    product = a @ b.T
    return {
        "product": product,
        "max": product.max().item(),
        "min": product.min().item(),
        "argmax": product.argmax().item(),
        "argmin": product.argmin().item(),
    }
    # END SOLUTION


check("draw_then_move")

# %% [markdown]
# **Look.** The experiment from the beginning of this section again, with your `draw_then_move`.


# %%
@when_solved
def the_same_everywhere():
    for place in ("cpu", "cuda"):
        print(f"{place:5}", draw_then_move((3,), 7, place).tolist())


# %% [markdown]
# ## Time
#
# A card works **asynchronously**. `a @ b` returns as soon as the work is *queued*; Python runs on, and the card computes
# behind its back. Only who wants a value has to wait. It is what makes cards fast, since the next task is queued while the
# last one still runs, and it makes every naive stopwatch wrong:
#
# ![A timeline: Python queues the work and runs on; the card finishes later](figures/async.svg)
#
# A stopwatch that is stopped when `a @ b` returns has measured how long queuing takes, a few millionths of a second. To
# measure the work, wait for it: `torch.cuda.synchronize` takes a device and returns when that card has nothing left to do
# (without an argument: when the current card has). Wait *before* you start the clock as well, or you measure what others left in
# the queue. Throw the first calls away, because they pay for set-up: libraries are loaded, memory is fetched, algorithms
# are chosen. And where there is no card, `torch.cuda.synchronize` raises: call it only where the work runs on a card.


# %% question="timed"
def timed(
    fn: Callable[[], object],
    device: torch.device | str,
    warmup: int = 3,
    repeats: int = 10,
    clock: Callable[[], float] = time.perf_counter,
) -> list[float]:
    """How long a function takes.

    Args:
        fn: starts the work, on `device`, which may be another card than the current one.
        device: a CUDA device or the CPU. If it is a CUDA device, wait with `torch.cuda.synchronize`, as
            often as you like; if it is the CPU, never call that.
        warmup: how many calls to throw away first.
        repeats: how many calls to measure.
        clock: says what time it is; read it twice for each measured call and at no other time.

    Returns:
        For each of the `repeats` calls the time from its beginning, when the device had nothing else to
        do, until its work was finished.
    """
    # BEGIN SOLUTION
    on_card = torch.device(device).type == "cuda"
    times = []
    for i in range(warmup + repeats):
        if on_card:
            torch.cuda.synchronize(device)
        if i < warmup:
            fn()
            continue
        start = clock()
        fn()
        if on_card:
            torch.cuda.synchronize(device)
        times.append(clock() - start)
    return times
    # END SOLUTION


check("timed")

# %% [markdown] question="two_times"
# **In words: two times.** On a card, a line `c = a @ b` with two large matrices takes 30 millionths of a second by a
# naive stopwatch. The next line, `print(c[0, 0])`, takes a fifth of a second. What has each of the two measured? And a
# friend puts `torch.cuda.synchronize()` after every line of a training, "to be on the safe side". What happens to the
# training's results, and what to its time?
#
# <!-- BEGIN SOLUTION -->
# The first is how long it takes Python to put the work into the queue. The second is the multiplication itself (and whatever
# else was queued), since `print` needs a value and waits until the card has computed it. Synchronizing after each line
# changes no result. But the training gets slower: the card runs idle while Python prepares the next line, because nothing is
# queued ahead any more.
# <!-- END SOLUTION -->

# %% [markdown]
# When does a card pay off? Count three things: a small fixed cost for starting each operation, the bytes over the bus, and
# the arithmetic. Take a machine whose CPU does 10¹¹ operations per second and whose card does 10¹³, with a bus of 10¹⁰
# bytes per second and 10 millionths of a second per start. Adding two vectors of a million floats means 8 million bytes
# there and 4 million back, 12 together, and a million additions. The bus alone takes 1.2 thousandths of a second, the CPU would have needed
# 10 millionths. Multiplying two matrices of 1000×1000 moves the same 12 million bytes, but takes 2·10⁹ operations: 20
# thousandths on the CPU, 1.4 on the card. What counts is how much work there is *per byte*. That is why data that are used
# again and again (the weights!) have to stay on the card: they pay for the way once.


# %% question="gpu_seconds"
def gpu_seconds(flops: float, nbytes: float, machine: dict[str, float], times: int = 1) -> float:
    """How long a card takes, the way there and back included.

    Args:
        flops: arithmetic operations of one run.
        nbytes: bytes that cross the bus, in both directions together. They cross once, however many runs
            there are.
        machine: "cpu" and "gpu" (operations per second), "bus" (bytes per second), "start"
            (seconds, for every run).
        times: how many runs on the same data, at least 1.
    """
    # BEGIN SOLUTION
    return nbytes / machine["bus"] + times * (machine["start"] + flops / machine["gpu"])
    # END SOLUTION


def worth_moving(flops: float, nbytes: float, machine: dict[str, float], times: int = 1) -> bool:
    """Whether the card finishes earlier than the CPU.

    The CPU does all runs as well, but pays for neither bus nor start.

    Args: as for `gpu_seconds`.

    Returns:
        True or False; if both take equally long, False.
    """
    # BEGIN SOLUTION
    return gpu_seconds(flops, nbytes, machine, times) < times * flops / machine["cpu"]
    # END SOLUTION


check("gpu_seconds")

# %% [markdown]
# A card with thousands of cores is bored by a single sample: a batch of a hundred often takes no longer than one. So work
# comes in batches. But a million samples at once do not fit into its memory, so the batches must not be too large. The
# pattern for asking a trained network about many samples is: a batch over, compute, result back, next batch.


# %% question="batched_apply"
def batched_apply(
    fn: Callable[[torch.Tensor], torch.Tensor],
    x: torch.Tensor,
    batch_size: int,
    device: torch.device | str,
) -> torch.Tensor:
    """Apply a function to many samples, batch by batch, on a device.

    Args:
        fn: takes a batch of shape (B, ...) on `device`, leaves it as it is, gives a tensor whose first
            axis is B.
        x: shape (N, ...), on the CPU, N at least 1.
        batch_size: how many samples `fn` gets at a time; only the last batch may be smaller.
        device: where to compute.

    Returns:
        The results of all samples in their order, on the CPU, without a graph. No graph is built on the
        way, and only a few of the batches and their results are on the device at the same time, however
        many there are.
    """
    # BEGIN SOLUTION
    with torch.no_grad():
        return torch.cat([fn(part.to(device)).cpu() for part in x.split(batch_size)])
    # END SOLUTION


check("batched_apply")

# %% [markdown]
# **Look.** Two square matrices are multiplied, once, by your `gpu_seconds` on the machine of the text. From which size on is it
# worth the way? The work grows with the third power of the size, the bytes with the second.


# %%
@when_solved
def where_it_pays():
    machine = {"cpu": 1e11, "gpu": 1e13, "bus": 1e10, "start": 1e-5}
    for n in (10, 100, 200, 300, 1000, 3000):
        work = 2.0 * n**3, 12.0 * n**2, machine
        print(
            f"{n:5} × {n:<5} CPU {1000 * work[0] / machine['cpu']:9.3f} ms  ",
            f"card {1000 * gpu_seconds(*work):9.3f} ms  ",
            "worth the way" if worth_moving(*work) else "",
        )


# %% [markdown]
# # Part 2 · What a training needs
#
# What the beginning said for all questions holds here, too: tensors lie in memory in any way, and what a text does
# not tell you to change stays as it was.

# %% [markdown]
# ## A loop that does not wait
#
# Two loops add up ten numbers that are computed on the card. One looks at each of them, the other collects them there.


# %%
def looking(batches):
    total = 0.0
    for x in batches:
        total += (x.to("cuda") ** 2).mean().item()
    return total


def collecting(batches):
    total = 0.0
    for x in batches:
        total = total + (x.to("cuda") ** 2).mean()
    return float(total)


for loop in (looking, collecting):
    print(f"{loop.__name__}:")
    crossings(loop, [torch.ones(100)] * 10)

# %% [markdown]
# Two things keep a card idle: data that come too late, and Python that stops to look at a value.
#
# First the data. A `DataLoader` with `num_workers=2` fetches batches in two processes of their own, ahead of time. These
# workers deliver **CPU tensors**. They must not touch a card (each process would need its own share of it), so
# `dataset[i]` never moves anything; the loop does. `persistent_workers=True` keeps the workers alive between epochs, and
# is an error where there are none.
#
# Then the copy. Ordinary memory may be moved about by the operating system, so the card cannot fetch from it directly.
# **Pinned** memory stays put. From there, a copy with `non_blocking=True` runs in the background, while the card still
# computes on the batch before. `DataLoader(pin_memory=True)` puts each batch into such memory. Both together are useful;
# either of them alone does little. For the CPU as a target neither makes sense.


# %% question="make_loader"
def make_loader(
    dataset: torch.utils.data.Dataset, batch_size: int, device: torch.device | str, workers: int = 0
) -> torch.utils.data.DataLoader:
    """A loader for training on a device.

    Args:
        dataset: of CPU tensors.
        batch_size: samples per batch; the last batch may be smaller, and is not dropped.
        device: on which the training will run. Only if it is a CUDA device, the batches are in pinned
            memory.
        workers: processes that fetch the samples; if there are any, they stay alive between epochs.

    Returns:
        A DataLoader with `shuffle=True` or a RandomSampler, whose batches are CPU tensors.
    """
    # BEGIN SOLUTION
    return torch.utils.data.DataLoader(
        dataset,
        batch_size=batch_size,
        shuffle=True,
        num_workers=workers,
        pin_memory=torch.device(device).type == "cuda",
        persistent_workers=workers > 0,
    )
    # END SOLUTION


def feed(
    loader: Iterable[Sequence[torch.Tensor]], device: torch.device | str
) -> Iterator[list[torch.Tensor]]:
    """The batches of a loader, each moved to a device when its turn comes, without blocking.

    Args:
        loader: gives batches, each a list or tuple of CPU tensors, of any shape and dtype.
        device: where to.

    Yields:
        Each batch as a list of tensors on the device. No batch is taken from the loader before it is
        asked for; `iter(loader)` may be called at once.
    """
    # BEGIN SOLUTION
    for batch in loader:
        yield [t.to(device, non_blocking=True) for t in batch]
    # END SOLUTION


check("make_loader")

# %% [markdown]
# Then the looking. `.item()`, `float(t)`, `print(loss)`, `if loss > best`, `t.tolist()`: each of them needs a *value*, and the
# card has to finish everything before it for Python to get it. Once per epoch nobody minds. Once per step, the queue runs
# dry at every step, and the card waits for Python instead of the other way round. So sums are collected **on the card**,
# in a tensor, and read once at the end.
#
# (Beware: `total += loss.item()` reads. `total += loss` keeps the graph of every step alive. `total += loss.detach()` does
# neither.)


# %% question="epoch_on"
def epoch_on(
    model: nn.Module,
    loader: Iterable[tuple[torch.Tensor, torch.Tensor]],
    optimizer: torch.optim.Optimizer,
    loss_fn: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
    device: torch.device | str,
) -> float:
    """One epoch of training on a device.

    Args:
        model: on `device` already, and it stays there: its weights are not copied again. It is to be in
            training mode, whatever it was in before, and stays in it.
        loader: gives at least one pair of inputs (B, ...) and targets (B, ...) on the CPU. Each tensor
            crosses the bus once. It may be any iterable: it need not know how many batches or samples
            there are.
        optimizer: of the model's parameters, which may have old gradients; those must not count.
        loss_fn: takes predictions and targets, gives the mean loss of the batch.
        device: where the model is.

    Returns:
        The mean loss per sample (a smaller last batch counts for less) as a Python float. The device is
        read at most once in the whole epoch, whether you read a number or a whole tensor. The graph of a
        step is gone by the end of the next one (until then a variable such as `loss` may hold it).
    """
    # BEGIN SOLUTION
    model.train()
    total, seen = 0.0, 0
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total = total + loss.detach() * len(x)
        seen += len(x)
    return total.item() / seen
    # END SOLUTION


check("epoch_on")

# %% [markdown]
# Some decisions look as if they needed a value: "if the gradient is longer than the limit, shorten it". An `if` makes
# Python wait. Arithmetic does not: multiply by `limit / length` **or by 1, whichever is smaller**, and let the card work
# out which one that is. `clamp`, `minimum` and `torch.where` are the `if` of the card.
#
# The length of the gradient is that of *all* gradients together, as if they were one long vector: the root of the sum of
# all squares. Then each is multiplied by the same factor, so that the direction stays.


# %% question="clip_"
def clip_(params: Iterable[torch.Tensor], limit: float) -> torch.Tensor:
    """Shorten gradients in place so that all of them together are at most `limit` long, without waiting.

    Args:
        params: on one device. Perhaps a generator, such as `model.parameters()`, that can be gone through
            only once. Those whose `.grad` is None are left out, and at least one has a gradient. Some
            gradient is not zero. Gradients are all float32 or all float64. In place means: `.grad` is the
            same tensor as before, with other numbers.
        limit: positive. Where the length of all of them together is not above it, they stay as they are.
            (You may add a millionth, 1e-6, to the length before you divide by it, lest it be zero, as
            PyTorch's own `clip_grad_norm_` does, even if they become a little shorter by that.)

    Returns:
        How long all gradients together were before, a 0-dimensional tensor on their device. No value is
        read from the device. The parameters themselves stay.
    """
    # BEGIN SOLUTION
    grads = [p.grad for p in params if p.grad is not None]
    length = torch.stack([g.norm() for g in grads]).norm()
    factor = (limit / length).clamp(max=1)
    for g in grads:
        g.mul_(factor)
    return length
    # END SOLUTION


check("clip_")

# %% [markdown]
# A small data set needs no loader at all. Move it to the card once, before the training, and cut the batches there: then
# nothing crosses in the whole training. Even the order can be drawn there, with `torch.randperm(n, device=…)`. Index
# tensors that lie on the CPU would have to travel.


# %% question="shuffled_batches"
def shuffled_batches(
    x: torch.Tensor, y: torch.Tensor, size: int
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """One epoch of batches from data that are on a device, all samples in a new random order.

    Args:
        x, y: shape (N, ...), N at least 1, on the same device; x[i] belongs to y[i]. They must stay as
            they are.
        size: samples per batch; only the last one may be smaller.

    Yields:
        Pairs of x and y on that device, in which every sample comes exactly once. Each batch is made when
        it is asked for; there is never a shuffled copy of all of the data. Nothing crosses the bus, and
        nothing waits. The order may come from PyTorch's common generators.
    """
    # BEGIN SOLUTION
    order = torch.randperm(len(x), device=x.device)
    for part in order.split(size):
        yield x[part], y[part]
    # END SOLUTION


check("shuffled_batches")

# %% [markdown]
# **Predict.** A small network of convolutions, as in the notebook before this one, learns for an epoch of four batches: first
# with a loop that looks at every loss, then with your `epoch_on`. How often does Python wait for the card in each?


# %% question="guess_waits"
def guess_waits() -> dict[str, int]:
    """How often Python waits for a value of the card in an epoch of four batches, a whole number each.

    Under "looks", for a loop that calls `loss.item()` at every batch; under "epoch_on", for your
    `epoch_on`.
    """
    # BEGIN SOLUTION
    return {"looks": 4, "epoch_on": 1}
    # END SOLUTION


check("guess_waits")

# %% [markdown]
# **Look.** Each arrow is a tensor that crosses to the card, each ‖ a moment at which Python waits. The loop has hardly changed.
# Where have the waits gone?


# %%
@when_solved
def an_epoch_as_a_line():
    guessed = guess_waits()

    def looks(model, loader, optimizer, loss_fn, device):
        for x, y in loader:
            optimizer.zero_grad()
            loss = loss_fn(model(x.to(device)), y.to(device))
            loss.backward()
            optimizer.step()
            loss.item()

    waits = {}
    for name, loop in {"looks": looks, "epoch_on": epoch_on}.items():
        with simulated_cuda(devices=2, join=True) as machine:
            model = nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.Flatten(), nn.Linear(144, 10))
            model.to("cuda")
            seen = [machine.counts]

            def batches(machine=machine, seen=seen):
                for _ in range(4):
                    yield torch.rand(8, 1, 8, 8), torch.arange(8)
                    seen.append(machine.counts)

            loop(
                model,
                batches(),
                torch.optim.SGD(model.parameters(), lr=0.1),
                nn.CrossEntropyLoss(),
                "cuda",
            )
            seen.append(machine.counts)
        steps = [seen[i + 1] - seen[i] for i in range(len(seen) - 1)]
        waits[name] = sum(step.synchronising_reads for step in steps)
        line = "  ".join("→" * step.host_to_device + "‖" * step.synchronising_reads for step in steps)
        print(f"{name:20} {line}")
    beside(guessed, waits)


# %% [markdown]
# ## Memory
#
# How much of a card does one step of training take? Watch it grow:

# %%
with simulated_cuda(devices=2, join=True):
    taken, before = {}, torch.cuda.memory_allocated()

    def note(label):
        taken[label] = (torch.cuda.memory_allocated() - before) / 1024

    net = nn.Sequential(nn.Linear(64, 256), nn.ReLU(), nn.Linear(256, 64)).to("cuda")
    adam = torch.optim.Adam(net.parameters())
    note("the model")
    loss = net(torch.rand(64, 64, device="cuda")).square().mean()
    note("after the forward pass")
    loss.backward()
    note("after the backward pass")
    adam.step()
    note("after the first step of Adam")
    del loss, net, adam
show_bars("What is on the card", taken, "KiB")

# %% [markdown]
# Three billion parameters in `float32` are 12 gigabytes, and a card with 8 refuses them. But the weights are not all. To
# **train**, you also need a gradient for every trained parameter, and the optimizer's memory: nothing for plain SGD, one
# number per trained parameter for SGD with momentum, two for Adam. So training with Adam takes four times the weights,
# before a single sample has come. On top of that come the buffers, and the **activations**, the results in between that
# the backward pass needs; they grow with the batch. Frozen parameters (`requires_grad=False`) need neither a gradient nor
# the optimizer's memory.


# %% question="training_bytes"
def training_bytes(model: nn.Module, optimizer: str) -> int:
    """How many bytes a training needs for what does not depend on the batch.

    Args:
        model: parameters of any dtype, some of them perhaps frozen; perhaps with buffers. One that is
            used in two places counts once.
        optimizer: "sgd", "momentum" or "adam".

    Returns:
        The bytes of all parameters and all buffers, and, for trained parameters, of their gradients and
        of the optimizer's memory, which have the dtype of the parameter.

    Raises:
        ValueError: for any other optimizer.
    """
    # BEGIN SOLUTION
    memory = {"sgd": 0, "momentum": 1, "adam": 2}
    if optimizer not in memory:
        raise ValueError(f"no such optimizer: {optimizer}")
    parameters = sum(p.nbytes for p in model.parameters())
    trained = sum(p.nbytes for p in model.parameters() if p.requires_grad)
    return parameters + sum(b.nbytes for b in model.buffers()) + (1 + memory[optimizer]) * trained
    # END SOLUTION


def fits(model: nn.Module, optimizer: str, per_sample: int, batch_size: int, capacity: int) -> bool:
    """Whether a training fits into the memory of a card.

    Args:
        model, optimizer: as for `training_bytes`.
        per_sample: bytes of activations for one sample.
        batch_size: samples per batch.
        capacity: bytes of the card; all of them may be used.

    Returns:
        True or False.
    """
    # BEGIN SOLUTION
    return training_bytes(model, optimizer) + per_sample * batch_size <= capacity
    # END SOLUTION


check("training_bytes")

# %% [markdown] question="too_large"
# **In words: a smaller batch does not help.** A model of four billion parameters in `float32` is to be trained with Adam
# on a card of 24 gigabytes. It does not fit. Somebody halves the batch, again and again, down to one sample. Why does
# that not help here? When would it have helped? And name two things that do help.
#
# <!-- BEGIN SOLUTION -->
# Weights, gradients and Adam's two numbers are 4 × 16 = 64 gigabytes before the first sample has come; the batch only
# decides about the activations. It helps where these are what does not fit. Here one may freeze most of the model (no
# gradients and no memory of the optimizer for those), take SGD without momentum and a half precision, or share the model out
# among cards.
# <!-- END SOLUTION -->

# %% [markdown]
# How much does something *really* take? The card keeps a record. `torch.cuda.memory_allocated(device)` says how many bytes
# live tensors occupy now, `torch.cuda.max_memory_allocated(device)` the most there were at any time since the program
# started, or since `torch.cuda.reset_peak_memory_stats` was called for that device. (What `nvidia-smi` shows is more:
# PyTorch keeps memory that was freed, for the next tensor. That is `memory_reserved`.) Memory is handed out in blocks of
# 512 bytes, so a tensor of one number counts as 512.


# %% question="peak_memory"
def peak_memory(fn: Callable[[], object], device: torch.device | str) -> int:
    """How many bytes a function needs at its worst moment, beyond what was occupied before.

    Args:
        fn: works on `device`, a CUDA device. Call it once.
        device: not necessarily the current one. What happened there before the call must not count; its
            record of the most may be reset for that.
    """
    # BEGIN SOLUTION
    torch.cuda.reset_peak_memory_stats(device)
    before = torch.cuda.memory_allocated(device)
    fn()
    return torch.cuda.max_memory_allocated(device) - before
    # END SOLUTION


check("peak_memory")

# %% [markdown]
# If a batch is too large, PyTorch raises `torch.OutOfMemoryError`. It is a kind of `RuntimeError`, and it is the only
# exception that says "try a smaller one". A wrong shape is a `RuntimeError`, too, and must not be swallowed.
#
# How large may a batch be? Nobody computes that; one tries. Double until it fails, then halve the gap between the largest
# that worked and the smallest that did not. For a limit of a million that takes 40 tries. Counting up by one takes a
# million. (Any other way that needs as few tries is as good.)


# %% question="largest_batch"
def largest_batch(step: Callable[[int], object], limit: int) -> int:
    """The largest batch size that fits into memory.

    Args:
        step: takes a batch size from 1 to `limit`; raises torch.OutOfMemoryError if that is too large. If
            a size works, all smaller ones do.
        limit: at least 1; larger sizes are not to be tried.

    Returns:
        The largest size that works, 0 if not even 1 does. `step` is called at most 2·log2(limit) + 3
        times. Any other exception that it raises is passed on.
    """
    # BEGIN SOLUTION

    def works(size: int) -> bool:
        try:
            step(size)
        except torch.OutOfMemoryError:
            return False
        return True

    good, bad = 0, 1
    while bad <= limit and works(bad):
        good, bad = bad, 2 * bad
    bad = min(bad, limit + 1)
    while bad - good > 1:
        middle = (good + bad) // 2
        if works(middle):
            good = middle
        else:
            bad = middle
    return good
    # END SOLUTION


check("largest_batch")

# %% [markdown]
# And if the batch that you want does not fit? `backward` *adds* to the gradients, which is a nuisance in other places and
# a gift here. Take the batch in parts, call `backward` on each, and step once at the end: **gradient accumulation**. The
# memory is that of one part. The result must be that of the whole batch, so mind the averages: the loss of a part is a
# mean over that part, and the last part may be smaller. Each part counts as much as it has samples. (A layer that looks at
# all samples of a batch together, such as batch normalisation, sees the part only, and gives something else. Here there is
# none.)


# %% question="accumulate"
def accumulate(
    model: nn.Module,
    x: torch.Tensor,
    y: torch.Tensor,
    loss_fn: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
    optimizer: torch.optim.Optimizer,
    size: int,
) -> torch.Tensor:
    """One step with the gradient of a large batch that is computed in parts.

    Args:
        model: on the device of x and y.
        x, y: shape (N, ...).
        loss_fn: takes predictions and targets, gives the mean loss of what it is given.
        optimizer: of the model's parameters, which may have old gradients; those must not count.
        size: samples per part; each sample is seen only once, and only the last part may be smaller.
            `backward` has run for a part before the next one is computed, and the graph of a part is gone
            by the end of the next one.

    Returns:
        The mean loss of all N samples before the step, a tensor without axes and without a graph. There
        is one step, and it is the one that the whole batch would have given, up to rounding.
    """
    # BEGIN SOLUTION
    optimizer.zero_grad()
    total = 0.0
    for part_x, part_y in zip(x.split(size), y.split(size), strict=True):
        loss = loss_fn(model(part_x), part_y) * (len(part_x) / len(x))
        loss.backward()
        total = total + loss.detach()
    optimizer.step()
    return total
    # END SOLUTION


check("accumulate")

# %% [markdown]
# **Look.** Your `training_bytes` for a layer of 5,050 numbers, against what the card really holds after one step, for three
# optimizers. The card hands out whole blocks of 512 bytes, so it holds a little more: how many bytes of its block does the bias,
# of 50 numbers, leave empty?


# %%
@when_solved
def said_and_measured():
    makers = {
        "sgd": lambda p: torch.optim.SGD(p, lr=0.1),
        "momentum": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9),
        "adam": lambda p: torch.optim.Adam(p, lr=0.1),
    }
    sizes = {}
    for name, maker in makers.items():
        with simulated_cuda(devices=2, join=True):
            before = torch.cuda.memory_allocated()
            model = nn.Linear(100, 50).to("cuda")
            optimizer = maker(model.parameters())
            model(torch.rand(2, 100, device="cuda")).sum().backward()
            optimizer.step()
            sizes[f"{name}: computed"] = training_bytes(model, name)
            sizes[f"{name}: measured"] = torch.cuda.memory_allocated() - before
            del model, optimizer
    show_bars("Bytes that do not depend on the batch", sizes, "bytes")


# %% [markdown]
# ## Precision and speed
#
# Four numbers, as three dtypes keep them. Which of the twelve are exact, and which are lost altogether?

# %%
for number in (0.1, 2049.0, 70000.0, 1e-9):
    kept = [
        torch.tensor(number, dtype=dtype).item()
        for dtype in (torch.float32, torch.float16, torch.bfloat16)
    ]
    print(f"{number:10g} is   float32 {kept[0]:<15.9g} float16 {kept[1]:<10.6g} bfloat16 {kept[2]:.6g}")

# %% [markdown]
# Half as many bytes per number means half the memory, half the traffic, and on modern cards several times the speed. The
# price is digits and range:
#
# | | bytes | largest number | smallest positive number | digits |
# |---|---|---|---|---|
# | `float32` | 4 | 3.4·10³⁸ | 1.4·10⁻⁴⁵ | 7 |
# | `float16` | 2 | 65504 | 6·10⁻⁸ | 3 |
# | `bfloat16` | 2 | 3.4·10³⁸ | 9·10⁻⁴¹ | 2 |
#
# In `float16`, large numbers become infinite (**overflow**) and small ones zero (**underflow**). Neither happens at once: 65510,
# a little above the largest number, is rounded down to it, and numbers below `torch.finfo(dtype).tiny` lose one digit after the
# other before they are zero.
#
# Gradients are often small, 10⁻⁸ or less, so they vanish without a word. The remedy is to multiply the loss by a large factor
# before `backward`: all gradients grow by that factor, and are divided by it before the step. A power of two is best, since
# multiplying by it changes no digits. (`bfloat16` has the range of `float32` and needs no such thing, but even fewer digits.)
#
# Do not look for that power with a logarithm: `math.log2(15.999999999999998)` is `4.0`, as if the number were 16, and the
# factor comes out twice too large. `math.frexp` takes a number apart exactly, and so does a loop that doubles and halves.


# %% question="lost"
def lost(t: torch.Tensor, dtype: torch.dtype) -> tuple[int, int]:
    """How many numbers do not survive a cast.

    Args:
        t: floating point, any shape; it may hold zeros and infinities, but no NaN.
        dtype: float16, bfloat16, float32 or float64.

    Returns:
        (how many finite numbers become infinite, how many numbers other than zero become zero), as ints.
    """
    # BEGIN SOLUTION
    cast = t.to(dtype)
    overflow = (cast.isinf() & t.isfinite()).sum()
    return overflow.item(), ((cast == 0) & (t != 0)).sum().item()
    # END SOLUTION


def safe_scale(grads: torch.Tensor) -> float:
    """The largest power of two by which gradients can be multiplied without becoming larger than 65504.

    Args:
        grads: any shape, floating point, all finite, the largest at least 1e-30. Negative ones count by
            their size. They stay as they are.

    Returns:
        1.0, 2.0, 4.0, … or 0.5, 0.25, …
    """
    # BEGIN SOLUTION
    return 2.0 ** (math.frexp(65504 / grads.abs().max().item())[1] - 1)
    # END SOLUTION


check("lost")

# %% [markdown]
# For *asking* a trained network, a cast of the whole model is often good enough. `model.to(torch.bfloat16)`, like
# `model.half()`, casts what is floating point and leaves integer buffers alone. But it changes the model itself, as every
# `.to` of a module does. Whoever wants to keep the precise one works on a copy, and on a *deep* one (Python's module
# `copy` makes them): a shallow copy has the same parameters.


# %% question="cast_copy"
def cast_copy(model: nn.Module, dtype: torch.dtype) -> nn.Module:
    """A copy of a model in another precision.

    Args:
        model: stays as it is.
        dtype: a floating-point dtype.

    Returns:
        A model of its own, on the same device: floating-point parameters and buffers in `dtype`, others,
        such as whole numbers, as they were. (None of them is complex.)
        What was frozen is frozen, a parameter that two layers share is shared again, and the mode is the
        same. Gradients need not be copied.
    """
    # BEGIN SOLUTION
    return copy.deepcopy(model).to(dtype)
    # END SOLUTION


check("cast_copy")

# %% [markdown]
# For *training*, one mixes. The weights stay in `float32`, so that small steps do not vanish in them. Inside
# `with torch.autocast("cuda", torch.float16):` PyTorch picks a precision for each operation: matrix products and
# convolutions in half, sums, softmax and losses in `float32`. Only the forward pass and the loss belong into that block;
# `backward` follows by itself what forward did.
#
# The `GradScaler` takes care of the factor. It multiplies the loss, and before the step it divides the gradients again. If
# one of them is infinite, it **skips the step** and halves the factor, and after many good steps it doubles it. The order
# matters:
#
# 1. call `backward` on what `scaler.scale(loss)` returns: the gradients are too large by the factor;
# 2. `scaler.unscale_`, for the optimizer: now they are right, and may be looked at or clipped;
# 3. `scaler.step`, for the optimizer: it steps, or skips;
# 4. `scaler.update()` adjusts the factor.


# %% question="amp_step"
def amp_step(
    model: nn.Module,
    x: torch.Tensor,
    y: torch.Tensor,
    optimizer: torch.optim.Optimizer,
    scaler: torch.amp.GradScaler,
    loss_fn: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
    limit: float,
) -> torch.Tensor:
    """One step in mixed precision, with clipped gradients.

    Args:
        model: float32, on a CUDA device.
        x, y: a batch on that device.
        optimizer: of the model's parameters, which may have old gradients; those must not count.
        scaler: for CUDA, to be used and updated as in the text.
        loss_fn: takes predictions and targets, gives the mean loss.
        limit: the *unscaled* gradients of all parameters are clipped to this length together, for
            instance with `nn.utils.clip_grad_norm_(parameters, limit)`.

    Returns:
        The loss, not multiplied by anything, without a graph. Forward and loss ran under autocast in
        float16, and nothing else did.
    """
    # BEGIN SOLUTION
    optimizer.zero_grad()
    with torch.autocast(device_type="cuda", dtype=torch.float16):
        loss = loss_fn(model(x), y)
    scaler.scale(loss).backward()
    scaler.unscale_(optimizer)
    nn.utils.clip_grad_norm_(model.parameters(), limit)
    scaler.step(optimizer)
    scaler.update()
    return loss.detach()
    # END SOLUTION


check("amp_step")

# %% [markdown]
# `torch.compile(f)` returns a function that does what `f` does, faster: at its first call it reads the code, joins small
# operations into larger ones, and compiles these for the hardware. It needs a compiler and a recent card, and some code it
# cannot read. So it may fail, and not when you call `torch.compile` but at the *first call* of what that returned. A
# program that is to run everywhere takes the compiled function only if it works and gives the same numbers. (On the stand-in `torch.compile` returns what it is given. `torch.export`, which writes a model down for programs
# that run without Python, is stricter still: it refuses a `forward` that decides by values.)


# %% question="compile_kindly"
def compile_kindly(
    fn: Callable[..., torch.Tensor], *example: torch.Tensor
) -> Callable[..., torch.Tensor]:
    """A faster form of a function where there is one, otherwise the function itself.

    Args:
        fn: takes tensors, returns a tensor; it has no side effects, so it may be called more than once.
        example: arguments to try it with.

    Returns:
        `torch.compile(fn)`, if it gives for the example what `fn` gives, as closely as `torch.allclose`
        asks for. In every other case `fn` itself, after a warning (`warnings.warn`, of any category): if
        the numbers differ, or if an Exception is raised when it is compiled, when it is called, or when
        the two results are compared (`torch.allclose` raises one for other shapes or dtypes). Two things
        are not caught: an exception that `fn` itself raises for the example, and what is no `Exception`,
        such as a KeyboardInterrupt.
    """
    # BEGIN SOLUTION
    due = fn(*example)
    try:
        fast = torch.compile(fn)
        if torch.allclose(fast(*example), due):
            return fast
        why = "it gives other numbers"
    except Exception as error:
        why = str(error)
    warnings.warn(f"not compiled: {why}", stacklevel=2)
    return fn
    # END SOLUTION


check("compile_kindly")

# %% [markdown]
# **Look.** A thousand gradients of very different sizes, as they are and multiplied by your `safe_scale`. How many of them become
# zero in `float16`, by your `lost`? The factor is taken back in `float32`, where nothing is lost.


# %%
@when_solved
def gradients_that_vanish():
    gradients = 10.0 ** torch.linspace(-12, -3, 1000)
    factor = safe_scale(gradients)
    counts = {"as they are": lost(gradients, torch.float16)[1]}
    counts[f"times {factor:,.0f}"] = lost(gradients * factor, torch.float16)[1]
    show_bars("Gradients that become zero in float16, of 1000", counts, "")


# %% [markdown]
# ## More than one card
#
# Several cards are several devices: `cuda:0`, `cuda:1`, … There are two ways to use them. Either each card gets a part of
# the *data* and all of the model, or each gets a part of the *model* and all of the data. Your functions take a list of
# devices. The first one is **home**: there the results are collected. The same device may stand in the list twice, so that
# a program can be tried out on a single card or on the CPU.
#
# Begin with something that needs no model. Every position of a convolution's output depends on a small window of the
# input only, so the rows of the output can be computed by different cards. Row *i* of the output (no padding, stride 1)
# needs the rows *i* to *i* + *k* − 1 of the input, if *k* is the height of the kernel. Neighbouring parts therefore overlap
# by *k* − 1 rows of the input.
#
# ![Two cards compute the upper and the lower rows of the output; the rows of the input that they need overlap](figures/tiles.svg)


# %%
def range_parts(n: int, parts: int) -> list[range]:
    """The numbers 0 to n - 1 in so many parts (at most n), in their order.

    The first are longer by one if need be.
    """
    return [range(r[0], r[-1] + 1) for r in torch.arange(n).tensor_split(parts)]


print(range_parts(7, 3))


# %% question="conv_by_tiles"
def conv_by_tiles(
    x: torch.Tensor, weight: torch.Tensor, devices: Sequence[torch.device | str]
) -> torch.Tensor:
    """A convolution without padding, its output rows shared out among devices.

    Args:
        x: shape (N, C, H, W), on the CPU.
        weight: shape (O, C, k, m), on the CPU.
        devices: one or more, at most as many as the output has rows. Device number i computes part number
            i of the output's rows, from top to bottom, in parts as `range_parts` makes them. Only the
            rows of x that a device needs, and the weight, travel to it (for each of its parts, if it has
            several); its part of the output goes straight to the first device.

    Returns:
        What `nn.functional.conv2d(x, weight)` gives, shape (N, O, H - k + 1, W - m + 1), on the first
        device, with or without a graph.
    """
    # BEGIN SOLUTION
    k = weight.shape[2]
    parts = []
    for device, rows in zip(devices, range_parts(x.shape[2] - k + 1, len(devices)), strict=True):
        tile = x[:, :, rows.start : rows.stop + k - 1].to(device)
        parts.append(nn.functional.conv2d(tile, weight.to(device)).to(devices[0]))
    return torch.cat(parts, dim=2)
    # END SOLUTION


check("conv_by_tiles")

# %% [markdown]
# Now **data parallel** training. Each card gets a copy of the model (a *replica*) and a part of the batch, and computes
# its own gradient. The gradients go home and are averaged. Then the model at home makes one step, exactly as if it had seen
# the whole batch. As with accumulation, the parts may differ in size, and each counts as much as it has samples. For the
# means, *a*, of two shards of 3 and 2 samples that is (3·a₁ + 2·a₂) / 5, and neither a₁ + a₂ nor (a₁ + a₂) / 2.
#
# (Large trainings do it with one process per card and `torch.nn.parallel.DistributedDataParallel`. The replicas then stay
# on their cards, and the gradients are averaged between all of them while `backward` still runs. The arithmetic is the
# same.)


# %% question="parallel_grads"
def parallel_grads(
    model: nn.Module,
    x: torch.Tensor,
    y: torch.Tensor,
    loss_fn: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
    devices: Sequence[torch.device | str],
) -> None:
    """Put the gradient of a batch into a model, computed in parts on several devices.

    Args:
        model: on `devices[0]`, where it stays; its weights stay as they are. It may have old gradients,
            which must not count. All of its parameters are trained, and used by every sample. It has no
            buffers.
        x, y: shape (N, ...), on the CPU, N at least the number of devices. Part number i
            (see `range_parts`) is computed on device number i, by a copy of the model or of its weights;
            on the first device the model itself may do it.
        loss_fn: takes predictions and targets, gives the mean loss of what it is given.
        devices: one or more.

    Afterwards the `.grad` of every parameter of `model` is the gradient of the mean loss of all N
    samples.
    """
    # BEGIN SOLUTION
    model.zero_grad()
    for device, part in zip(devices, range_parts(len(x), len(devices)), strict=True):
        rows = slice(part.start, part.stop)
        replica = copy.deepcopy(model).to(device)
        replica.zero_grad()
        loss = loss_fn(replica(x[rows].to(device)), y[rows].to(device))
        (loss * (len(part) / len(x))).backward()
        for own, other in zip(model.parameters(), replica.parameters(), strict=True):
            grad = other.grad.to(own.device)
            own.grad = grad if own.grad is None else own.grad + grad
    # END SOLUTION


check("parallel_grads")

# %% [markdown]
# A model that is too large for one card is cut instead: the first layers on one card, the last on another. Its `forward`
# carries the activations over. Autograd notes that copy like any other operation, and carries the gradients back the same
# way. The weights stay where they are. (Only one card works at a time; that is why one usually sends several small batches
# after each other, a *pipeline*.)


# %% question="TwoCards"
class TwoCards(nn.Module):
    """Two modules, one after the other, each on its own device.

    Args:
        first, second: modules, perhaps without parameters; they themselves, and no copies, are moved to
            their devices once, here.
        devices: two devices, perhaps the same.

    Attributes:
        first, second: the two modules.
    """

    def __init__(
        self, first: nn.Module, second: nn.Module, devices: Sequence[torch.device | str]
    ) -> None:
        super().__init__()
        # BEGIN SOLUTION
        self.first, self.second = first.to(devices[0]), second.to(devices[1])
        self.devices = list(devices)
        # END SOLUTION

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """second(first(x)) on the second device, for x on any device.

        Only x and what `first` makes of it travel.
        """
        # BEGIN SOLUTION
        return self.second(self.first(x.to(self.devices[0])).to(self.devices[1]))
        # END SOLUTION


check("TwoCards")

# %% [markdown]
# **Look.** Your `conv_by_tiles` on two cards. Each of them gets the rows that it needs and no others, and together they give what
# one device gives.


# %%
@when_solved
def two_halves_of_a_picture():
    x, weight = torch.rand(1, 1, 12, 12), torch.rand(1, 1, 3, 3)
    found = counted(conv_by_tiles, x, weight, ["cuda:0", "cuda:1"])
    whole = conv_by_tiles(x, weight, ["cpu"])
    parts = conv_by_tiles(x, weight, ["cpu", "cpu"])
    show_bars(
        "Bytes to the cards",
        {
            "all of the picture for each": 2 * (x.nbytes + weight.nbytes),
            "your tiles": found.host_to_device_bytes,
        },
        "bytes",
    )
    print("the same as in one piece:", torch.allclose(whole, parts))


# %% [markdown]
# ## Things that break
#
# What goes wrong on a card announces itself badly. An **index out of range**, such as label 10 of 10 classes, is noticed by
# the card long after Python has gone on. The error, `device-side assert triggered`, comes at some later line, which is
# innocent, and after it the process is of no use any more. Run the program with the environment variable
# `CUDA_LAUNCH_BLOCKING=1`, which makes Python wait for every operation, and the error comes in the right line; or run one
# batch on the CPU, where the message even says what was wrong. (The stand-in raises in the right line.)
#
# What is merely **slow** raises nothing at all. `torch.profiler.profile()` is a `with` block that writes down what ran; its
# `key_averages().table(sort_by="cpu_time_total")` is a table of it. Large numbers beside `aten::_local_scalar_dense`
# (that is `.item()`), `aten::copy_` or `cudaMemcpyAsync`, `cudaStreamSynchronize` mean: this program waits, and carries about.
#
# Here are five short programs that people really write. Two of them raise on a card, three say nothing and are wrong, or
# wait, or fill the memory. Find out what is the matter with each, and write it again so that it keeps its promise. Each of
# the five counts by itself.
#
# ```python
# def scores(model, x):
#     x.to(next(model.parameters()).device)
#     return model(x)
#
# def weighted(losses):
#     weights = torch.arange(1, len(losses) + 1)
#     return (losses * weights).sum() / weights.sum()
#
# def lowest(model, batches, loss_fn):
#     best = math.inf
#     for x, y in batches:
#         loss = loss_fn(model(x), y)
#         if loss < best:
#             best = loss.item()
#     return best
#
# def history(model, batches, optimizer, loss_fn):
#     losses = []
#     for x, y in batches:
#         optimizer.zero_grad()
#         loss = loss_fn(model(x), y)
#         loss.backward()
#         optimizer.step()
#         losses.append(loss)
#     return torch.stack(losses)
#
# def mean_of(t):
#     return t.sum() / t.numel()
# ```


# %% question="scores"
def scores(model: nn.Module, x: torch.Tensor) -> torch.Tensor:
    """What a model says of a batch, on the model's device.

    Args:
        model: all of its parameters are on one device; it has at least one.
        x: a batch, on any device.

    Returns:
        model(x), on the model's device, with its graph.
    """
    # BEGIN SOLUTION
    return model(x.to(next(model.parameters()).device))
    # END SOLUTION


def weighted(losses: torch.Tensor) -> torch.Tensor:
    """A mean in which later losses count more: loss number i, counted from 0, counts i + 1 times.

    Args:
        losses: shape (N,), N at least 1, float32 or float64, on any device.

    Returns:
        A 0-dimensional tensor, of their dtype and on their device, through which gradients flow back to
        them. Nothing crosses the bus and nothing waits.
    """
    # BEGIN SOLUTION
    weights = torch.arange(1, len(losses) + 1, device=losses.device)
    return (losses * weights).sum() / weights.sum()
    # END SOLUTION


def lowest(
    model: nn.Module,
    batches: Iterable[tuple[torch.Tensor, torch.Tensor]],
    loss_fn: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
) -> float:
    """The lowest loss of all batches, without training.

    Args:
        model: on some device; it is asked in the mode in which it is, and stays in it.
        batches: at least one pair of inputs and targets, on that device; no loss is NaN.
        loss_fn: takes predictions and targets, gives a 0-dimensional tensor.

    Returns:
        A Python float. The device is read at most once, however many batches there are, and no graph is
        built.
    """
    # BEGIN SOLUTION
    with torch.no_grad():
        return torch.stack([loss_fn(model(x), y) for x, y in batches]).min().item()
    # END SOLUTION


def history(
    model: nn.Module,
    batches: Iterable[tuple[torch.Tensor, torch.Tensor]],
    optimizer: torch.optim.Optimizer,
    loss_fn: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
) -> torch.Tensor:
    """Train with one step for each batch, and keep the losses.

    Args:
        model, batches, loss_fn: as for `lowest`.
        optimizer: of the model's parameters, which may have old gradients; those must not count.

    Returns:
        The loss of each batch before its step, one after the other, shape (number of batches,), on the
        device and without a graph. The graph of a step is gone by the end of the next one, and nothing
        waits.
    """
    # BEGIN SOLUTION
    losses = []
    for x, y in batches:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return torch.stack(losses)
    # END SOLUTION


def mean_of(t: torch.Tensor) -> torch.Tensor:
    """The mean of numbers in half precision.

    Args:
        t: float16, any shape, at least one number, on any device. All numbers are finite; their sum may
            be larger than 65504.

    Returns:
        Their mean as float32, a 0-dimensional tensor on the same device, through which gradients flow
        back.
    """
    # BEGIN SOLUTION
    return t.float().mean()
    # END SOLUTION


check("scores")

# %% [markdown]
# ## Digits, on the card
#
# To end with, everything together, on real data: 1,797 digits that people wrote by hand, 8×8 pixels each. Your `make_loader` cuts
# the batches, your `epoch_on` trains a small network on the card, and your `batched_apply` asks it about 360 digits that it has
# never seen.
#
# *What to look for:* how many of those digits it reads after three epochs, and how often Python waited for the card in each of
# them. A loop that looks at every loss would have waited 12 times.


# %%
@when_solved
def digits_on_the_card():
    stored = np.load("data/digits.npz")
    x = torch.from_numpy(stored["images"]).float().flatten(1) / 16
    y = torch.from_numpy(stored["labels"]).long()
    seen = torch.utils.data.TensorDataset(x[:1437], y[:1437])
    torch.manual_seed(5)
    with simulated_cuda(devices=2, join=True) as machine:
        model = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10)).to("cuda")
        optimizer = torch.optim.SGD(model.parameters(), lr=0.2, momentum=0.9)
        loader = make_loader(seen, 120, "cuda")
        for epoch in range(3):
            before = machine.counts
            loss = epoch_on(model, loader, optimizer, nn.CrossEntropyLoss(), "cuda")
            waits = (machine.counts - before).synchronising_reads
            said = batched_apply(model, x[1437:], 120, "cuda").argmax(dim=1)
            right = (said == y[1437:]).float().mean().item()
            print(
                f"epoch {epoch + 1}: loss {loss:.3f},",
                f"reads {100 * right:.0f} % of the new digits, waits: {waits}",
            )


# %% [markdown]
# ## A quest: few bytes across the bus
#
# An open task for the willing: it has no best answer that we know of. The digits lie on the CPU, whole numbers from 0 to 16 with
# a label each, and are wanted on the card, as floats between 0 and 1. How few bytes can you send? As floats with `int64` labels
# it is 264 for each digit, with the numbers as `uint8` 72. Where do these 72 go? And not even a byte is needed for seventeen
# different values, or for ten labels:

# %%
quest_data = np.load("data/digits.npz")
quest_digits, quest_labels = (torch.from_numpy(quest_data[name]) for name in ("images", "labels"))
quest_labels = quest_labels.long()
print(f"{(quest_digits == 0).float().mean():.0%} of all numbers are 0")
print(
    f"15 numbers below 17 have 17**15 combinations, {17**15 / 2**63:.2f} times 2**63:",
    "they fit into one int64",
)
often = quest_digits.flatten().bincount() / len(quest_digits)
show_bars(
    "How often each number stands in a digit",
    {str(n): round(often[n].item(), 1) for n in range(17)},
    "times",
)

# %% [markdown]
# The CPU may work as much as it likes (for ten seconds), and the card on as many numbers at once as it likes: that costs nothing
# here. (`%`, `//`, `&`, `>>` and
# `cumsum` work on the card, too, and powers of a number can be made there.) Nothing may be lost on the way.
#
# What is measured: how many bytes cross the bus for each of some hundred digits, in both directions together, as the stand-in
# counts them. A command crosses as well: each operation that is started on the card counts for eight bytes, so numbers written
# there one by one are no way around. These digits are like those of the file and not the same, so nothing is gained by having
# sent the file before. At 68 or fewer the point is yours; the rest is for the sport of it. If your course has a board, it shows
# your number under the `NICKNAME` that you choose, and not your name; leave it empty and you are not on it.


# %% question="digits_over"
NICKNAME = ""


def digits_over(
    images: torch.Tensor, labels: torch.Tensor, device: torch.device | str
) -> tuple[torch.Tensor, torch.Tensor]:
    """Digits and their labels on a device, with few bytes across the bus.

    Args:
        images: shape (N, 8, 8), uint8, values from 0 to 16, on the CPU. They must stay as they are.
        labels: shape (N,), int64, each from 0 to 9, on the CPU. They must stay as they are.
        device: where both must be in the end.

    Returns:
        (x, y) on the device: x float32 of shape (N, 8, 8), each value divided by 16; y int64 of shape
        (N,), the labels.
    """
    # BEGIN SOLUTION
    n = len(images)
    # 65 numbers below 17: five times 13
    whole = torch.cat([images.reshape(n, 64).long(), labels[:, None]], dim=1)
    packed = (whole.view(n, 5, 13) * 17 ** torch.arange(13)).sum(dim=2).to(device)
    unpacked = (packed[:, :, None] // 17 ** torch.arange(13, device=device) % 17).view(n, 65)
    return unpacked[:, :64].reshape(n, 8, 8).float() / 16, unpacked[:, 64]
    # END SOLUTION


check("digits_over")

# %% [markdown]
# **Look.** The bytes of three ways, yours among them. How far is it from yours to nothing at all?


# %%
@when_solved
def three_ways_over():
    def as_floats(images, labels, device):
        return (images / 16).to(device), labels.to(device)

    def as_bytes(images, labels, device):
        return images.to(device) / 16, labels.to(device)

    ways = {"floats": as_floats, "bytes": as_bytes, "yours": digits_over}
    crossed = {
        name: counted(way, quest_digits[:300], quest_labels[:300], "cuda") for name, way in ways.items()
    }
    each = {
        name: round(
            (found.host_to_device_bytes + found.device_to_host_bytes + 8 * found.operations) / 300, 1
        )
        for name, found in crossed.items()
    }
    show_bars("What crosses for each digit", each, "bytes")


# %% [markdown]
# ## Where to go from here
#
# You have met what decides whether a program makes use of a card: where things are, what crosses the bus, who waits for
# whom, what fits. Take one of your trainings of the earlier notebooks, choose the device once at the top, and bring it to
# the card. Count its crossings with the stand-in before you look for speed anywhere else.
