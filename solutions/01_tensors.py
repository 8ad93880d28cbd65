# %% [markdown]
# # 1 · Tensors
#
# Every network in this course reads tensors, writes tensors and is made of tensors. This notebook teaches you to see
# what a tensor is: a block of numbers in memory, and a small description that says how to read it. Most of the errors
# that you will meet later are a shape, a dtype or a device that is not what somebody thought it was. After this
# notebook you will look there first.
#
# **How to work.** Run the cells from top to bottom. Each question is one cell with an unfinished function: read what it
# has to do, replace the line that raises `NotImplementedError`, and run the cell. Its last line, `check("…")`, tells
# you at once whether the examples come out right; where a cell has several functions, one check tries them all. When you hand the notebook
# in, the same functions are called with other inputs: other shapes, other dtypes, the odd cases that the text mentions.
#
# Three things hold for every function of this course, and are not said again. What it is given **stays as it is**, in
# numbers, shape and everything else, unless the question says that it is meant to change. It takes a tensor **however it
# lies in memory**: a slice, a transpose or rows that `expand` repeats are as good as a fresh tensor. And it **leaves nothing
# behind**: no setting of PyTorch that is changed, no file, no random numbers used up, unless that is what was asked for.
#
# And some things you may rely on. You are not given what a text does not mention, such as NaN. "Any dtype", also of an array, is
# one of `float16`, `float32`, `float64`, `int8`, `int16`, `int32`, `int64`, `uint8` and `bool`; "real" is any of these but `bool`,
# and "floating point" any of the first three. "Any shape" means any: no axis at all, an axis of size 1, an axis without elements;
# elsewhere there is an axis, and sizes are at least 1. Where nothing is said of memory, a view is as good as a copy; and a list or
# a `torch.Size` is as good as a tuple.
#
# Before you hand in, choose *Restart Kernel and Run All Cells*. What only works because of a cell that you have since
# deleted does not work.

# %%
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from grader import beside, check, when_solved


def show_tables(**tables):
    """Show matrices of numbers side by side, each number with a colour of its own."""
    from colorsys import hls_to_rgb

    from IPython.display import HTML, display

    highest = max(float(table.max()) for table in tables.values()) or 1.0
    html = ""
    for name, table in tables.items():
        rows = ""
        for row in table.tolist():
            rows += "<tr>"
            for number in row:
                parts = hls_to_rgb(5 / 6 * float(number) / highest, 0.8, 0.8)
                red, green, blue = (int(255 * part) for part in parts)
                colour = f"#{red:02x}{green:02x}{blue:02x}"
                rows += f"<td style='background-color: {colour}; color: black'>{number:g}</td>"
            rows += "</tr>"
        html += f"<div style='display: inline-block; margin: 0 2em 0 0'>{name}<table>{rows}</table></div>"
    display(HTML(html))


def show_pictures(**pictures):
    """Show uint8 pictures side by side, named by what stands over each.

    They are (H, W, 3), as files store them, or (3, H, W), as PyTorch wants them.
    """
    import base64
    import io

    from IPython.display import HTML, display

    html = ""
    for name, t in pictures.items():
        file = io.BytesIO()
        pixels = t if t.shape[-1] == 3 else t.permute(1, 2, 0)
        Image.fromarray(pixels.contiguous().numpy()).save(file, "png")
        source = f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"
        picture = f"<img src='{source}' alt='{name}' style='height: 9em; image-rendering: pixelated'>"
        html += f"<div style='display: inline-block; margin: 0 2em 0 0'>{name}<br>{picture}</div>"
    display(HTML(html))


# %% [markdown]
# # Part 1 · What a tensor is
#
# ## A first look
#
# A number has no axis, a list of numbers has one, a table has two, and so on. The count of axes is the **rank** (PyTorch
# says `ndim`). You need exactly one index per axis to reach a number.
#
# | | rank | example | shape |
# |---|---|---|---|
# | scalar | 0 | `torch.tensor(7)` | `()` |
# | vector | 1 | `torch.tensor([7, 7])` | `(2,)` |
# | matrix | 2 | `torch.tensor([[7, 8], [9, 10]])` | `(2, 2)` |
# | tensor | 3 | `torch.tensor([[[1, 2, 3], [3, 6, 9], [2, 4, 5]]])` | `(1, 3, 3)` |
#
# A trick for reading a printed tensor: count the opening brackets before the first number. That is the rank. The rank
# says nothing about how many numbers there are: a 3×3 matrix has rank 2 and nine elements.
#
# ![A vector, a matrix and a stack of two matrices, with their axes numbered](figures/axes.svg)
#
# Three attributes explain most errors: `shape`, `dtype` and `device`. If two tensors refuse to work together, compare
# these three before anything else.
#
# A Python list of a million floats holds a million objects, scattered over memory. A tensor of a million `float32`
# numbers holds exactly 4,000,000 bytes, side by side. That is why operations on it are fast, and why its size is easy
# to work out: elements times bytes per element.


# %% question="describe"
def describe(t: torch.Tensor) -> dict[str, object]:
    """Say what a tensor is, in plain Python.

    Args:
        t: a tensor of any shape and dtype.

    Returns:
        A dict with the keys
        "rank" (int: 0 of a scalar, 1 of a vector, 2 of a matrix, and so on),
        "shape" (tuple of ints),
        "numel" (int: how many elements),
        "dtype" (str, such as "float32"),
        "device" (str, such as "cpu"),
        "nbytes" (int: bytes of all elements).
    """
    # BEGIN SOLUTION
    return {
        "rank": t.ndim,
        "shape": tuple(t.shape),
        "numel": t.numel(),
        "dtype": str(t.dtype).removeprefix("torch."),
        "device": str(t.device),
        "nbytes": t.numel() * t.element_size(),
    }
    # END SOLUTION


check("describe")

# %% [markdown]
# Here are the four tensors of the table above. Count the opening brackets of each, and compare with its rank. All of them
# hold whole numbers, so their dtype is `int64`, which is what `torch.tensor` infers from Python ints. (`torch.Tensor`, with a
# capital T, always makes `float32`, and it takes a single int for a *size*: `torch.Tensor(3)` is three numbers of garbage.)

# %%
for each in (
    torch.tensor(7),
    torch.tensor([7, 7]),
    torch.tensor([[7, 8], [9, 10]]),
    torch.tensor([[[1, 2, 3], [3, 6, 9], [2, 4, 5]]]),
):
    print(f"rank {each.ndim}, shape {tuple(each.shape)}, {each.dtype}: {each.tolist()}")

# %% [markdown]
# One index per axis: in `t = torch.tensor([[1, 2, 3], [4, 5, 6], [7, 8, 9]])` the number 3 is at `t[0][2]`, or shorter
# `t[0, 2]`. So the path to the 3 is `(0, 2)`. A comparison such as `t == 3` gives a tensor of bools, and `nonzero()` lists where
# one of them is True, a row of indexes for each.


# %% question="index_path"
def index_path(t: torch.Tensor, value: float) -> tuple[int, ...]:
    """Where a value stands first.

    Args:
        t: a tensor of any shape that holds `value` at least once.
        value: the number to look for, one that the dtype of `t` can hold exactly: an int where `t` holds
            whole numbers.

    Returns:
        One index per axis, as Python ints, of the first match in reading order (last axis fastest).
        For a scalar that is the empty tuple. Only the value itself is a match, and not what is nearly as
        large.
    """
    # BEGIN SOLUTION
    return tuple(int(i) for i in (t == value).nonzero()[0])
    # END SOLUTION


check("index_path")

# %% [markdown]
# ## Making tensors
#
# There are four ways from data to a tensor, and they differ in two things: the dtype, and whether the tensor gets its
# own copy of the numbers.
#
# | | dtype | from a NumPy array |
# |---|---|---|
# | `torch.Tensor(data)` | always the default, `float32` | copies, unless the array is `float32` already |
# | `torch.tensor(data)` | inferred | copies, always |
# | `torch.as_tensor(data)` | inferred | shares the memory when it can |
# | `torch.from_numpy(data)` | the array's | shares the memory; takes arrays only |
#
# "Shares" means: change a number in the array and you have changed it in the tensor. That is fast and sometimes what you
# want. When it is not, it is a bug that appears far from its cause. Use `torch.tensor` unless you have a reason.
#
# An experiment: three tensors are made from one array, and then the array changes. Two of the tensors change with it. Does the
# table say which?

# %%
source = np.zeros(3, dtype=np.float32)
small, capital, shared = torch.tensor(source), torch.Tensor(source), torch.from_numpy(source)
source[0] = 7
print("tensor:", small, " Tensor:", capital, " from_numpy:", shared)

# %% [markdown]
# Now all four, side by side. (A Python list has no memory to share: the first three copy it, and the fourth does not take it. An
# array that runs backwards, such as `a[::-1]`, none of the four takes; no question of this notebook gives you one.)


# %% question="four_ways"
def four_ways(array: np.ndarray) -> dict[str, torch.Tensor]:
    """A NumPy array as a tensor, in the four ways of the table.

    Args:
        array: of any dtype, with at least one axis, which may be empty; such as np.arange(3.0) or a
            slice.

    Returns:
        The four tensors under the keys "Tensor", "tensor", "as_tensor" and "from_numpy".
    """
    # BEGIN SOLUTION
    return {
        "Tensor": torch.Tensor(array),
        "tensor": torch.tensor(array),
        "as_tensor": torch.as_tensor(array),
        "from_numpy": torch.from_numpy(array),
    }
    # END SOLUTION


check("four_ways")

# %% [markdown]
# NumPy computes in `float64` unless told otherwise; PyTorch layers want `float32`. So data from NumPy is usually
# converted. A conversion to *another* dtype has to copy; a conversion to the dtype that it already has does nothing at
# all. Think about what that means for an array that is `float32` already.


# %% question="to_owned"
def to_owned(array: np.ndarray) -> torch.Tensor:
    """An array as a float32 tensor that owns its numbers: later changes of the array never reach it.

    Args:
        array: any shape and dtype, float32 among them.

    Returns:
        A float32 tensor of the same shape.
    """
    # BEGIN SOLUTION
    return torch.tensor(array, dtype=torch.float32)
    # END SOLUTION


check("to_owned")

# %% [markdown]
# Tensors that do not come from data come from **factories**: `zeros`, `ones`, `full`, `eye`, `arange`, `linspace`,
# `logspace`, `rand`, `randperm`, and forms such as `zeros_like(t)` that take shape, dtype and device from another tensor. Two habits of theirs
# surprise people. Those that infer the dtype infer it from the numbers: `torch.full((4, 3), 5)` is `int64`,
# `torch.full((4, 3), 5.0)` is `float32`. And `arange(start, stop, step)` leaves the end out, as Python's `range` does.
# (The old `torch.range` did not, and is deprecated for it.) With fractions the end can come back, by rounding: 0.1 is not
# exactly a tenth, and `torch.arange(1, 1.3, 0.1)` has four numbers, the last of which is 1.3.

# %%
print("linspace, from 0 to 3 in four numbers:", torch.linspace(0, 3, 4))
print("logspace, ten to the power of these:  ", torch.logspace(0, 3, 4))
print("randperm, 0 to 7 in a random order:   ", torch.randperm(8))


# %% question="evenly"
def evenly(start: float, stop: float, step: float) -> torch.Tensor:
    """The numbers start, start + step, start + 2·step, … below `stop`.

    Args:
        start, stop, step: Python ints or floats of at most seven digits, such as 0.25 (no thirds); start
            is below stop, step is positive, and may be longer than the way between them.

    Returns:
        A float32 vector, right to six digits, also when all three are ints. What would be `stop` itself,
        were it not for rounding, is left out: evenly(1, 1.3, 0.1) has three numbers, the last of them
        1.2. Whatever else is below `stop`, in float32 as well, stays, also where the step is small beside
        the numbers: evenly(0, 1, 0.4) is 0, 0.4 and 0.8, and 99,999.5 is the last of
        evenly(99_998, 100_000, 0.5).
    """
    # BEGIN SOLUTION
    numbers = torch.arange(start, stop, step, dtype=torch.float64)
    return numbers[numbers < stop].float()
    # END SOLUTION


check("evenly")

# %% [markdown]
# ## Number types
#
# How much is 200 + 100? It depends on who is asked. The table has the usual dtypes, what one number takes, from where
# to where it goes, and what the sum becomes.

# %%
print(f"{'':14} bytes {'smallest':>13} {'largest':>13} {'200 + 100':>12}")
for each in (
    torch.float16,
    torch.float32,
    torch.float64,
    torch.int8,
    torch.int16,
    torch.int32,
    torch.int64,
    torch.uint8,
):
    limits = torch.finfo(each) if each.is_floating_point else torch.iinfo(each)
    total = torch.tensor(200).to(each) + torch.tensor(100).to(each)
    print(f"{each!s:14} {each.itemsize:5} {limits.min:13.6g} {limits.max:13.6g} {total.item():12}")
print(
    f"{torch.bool!s:14} {torch.bool.itemsize:5} {False!s:>13} {True!s:>13}"
    f" {(torch.tensor(True) + True).item()!s:>12}"
)

# %% [markdown]
# A dtype fixes how many bytes an element has and what fits into them. `uint8`, one byte, holds 0 to 255 and is what
# image files use. `int8` holds −128 to 127. `torch.iinfo(dtype)` knows the limits: `torch.iinfo(torch.uint8).max` is 255.


# %% question="smallest_int_dtype"
def smallest_int_dtype(t: torch.Tensor) -> torch.dtype:
    """The smallest integer dtype that holds every element.

    Args:
        t: a non-empty int64 tensor of any shape.

    Returns:
        The first of uint8, int8, int16, int32, int64 whose range contains all values of `t`.
    """
    # BEGIN SOLUTION
    low, high = int(t.min()), int(t.max())
    for dtype in (torch.uint8, torch.int8, torch.int16, torch.int32):
        if torch.iinfo(dtype).min <= low and high <= torch.iinfo(dtype).max:
            return dtype
    return torch.int64
    # END SOLUTION


check("smallest_int_dtype")

# %% [markdown]
# When two dtypes meet in an operation, PyTorch **promotes**: the result has a dtype that can hold both. The categories
# go bool → integer → floating point → complex, and a category beats a size: `int64` and `float16` give `float16`, though
# it is the smaller one. `torch.promote_types(a, b)` tells you what comes out for two of them. (All this holds for
# tensors that have axes. A number, or a tensor without axes, changes the dtype only when its category is higher.)


# %% question="promoted"
def promoted(*dtypes: torch.dtype) -> torch.dtype:
    """The dtype that results when tensors of all these dtypes, each with an axis, are added up.

    Args:
        dtypes: one or more, of bool, uint8, int8 to int64, float16, bfloat16, float32, float64, complex64
            and complex128.
    """
    # BEGIN SOLUTION
    result = dtypes[0]
    for dtype in dtypes[1:]:
        result = torch.promote_types(result, dtype)
    return result
    # END SOLUTION


check("promoted")

# %% [markdown]
# Integers have no infinity and no error message: they **wrap around**. In `uint8`, 200 + 100 is 44. On a photograph that
# turns the brightest pixels black. The cure is to compute in a type with more room, then to clamp, then to go back.


# %% question="brighten"
def brighten(image: torch.Tensor, amount: int) -> torch.Tensor:
    """A picture made brighter (or darker) without wrapping around.

    Args:
        image: uint8, any shape.
        amount: between -255 and 255, added to every pixel.

    Returns:
        A new uint8 tensor of the same shape, also for amount 0; sums below 0 become 0 and sums above 255
        become 255.
    """
    # BEGIN SOLUTION
    return (image.int() + amount).clamp(0, 255).to(torch.uint8)
    # END SOLUTION


check("brighten")

# %% [markdown]
# **Look.** A ramp from dark to bright; under it what `+` alone makes of it, and what your function does. Where does the second row
# begin again with small numbers?


# %%
@when_solved
def wrapping_and_clamping():
    ramp = torch.arange(0, 256, 15, dtype=torch.uint8)
    show_tables(
        **{"image, image + 90, brighten(image, 90)": torch.stack([ramp, ramp + 90, brighten(ramp, 90)])}
    )


# %% [markdown] question="why_wrap"
# **Question in words.** Two photographs, `a` and `b`, are `uint8` tensors of one shape. Somebody measures how different they
# are by `(a - b).float().mean()`. For two pictures that look the same, though half of the pixels of `b` are brighter than
# those of `a` by 1, the answer is about 127. Why is it so large, why has PyTorch not complained, and how would you write
# the line? Two to four sentences.
#
# <!-- BEGIN SOLUTION -->
# Where a pixel of `b` is brighter by 1, `a - b` would be −1, which `uint8` does not have: it wraps around to 255. Half of the
# pixels are 0 and half are 255, so the mean is about 127. Wrapping is how integers of a fixed size compute, not an
# error, so nothing is raised. The conversion comes too late; it has to come before the subtraction:
# `(a.float() - b.float()).abs().mean()`.
# <!-- END SOLUTION -->

# %% [markdown]
# Half-precision and 8-bit numbers save memory, and *quantisation* is how real values get into 8 bits: choose a `scale`
# and a `zero_point`, and store `round(x / scale) + zero_point`, clamped to 0…255. Converting a float tensor with
# `.to(torch.uint8)` cuts decimals off instead of rounding, and what does not fit becomes *some* number: 300.0 wraps around
# to 44, and 1e12 gives whatever the processor makes of it; no integer type has room for all floats. Round and clamp first.


# %% question="quantise"
def quantise(t: torch.Tensor, scale: float, zero_point: int) -> torch.Tensor:
    """Real numbers as 8-bit codes.

    Args:
        t: float32, any shape; finite numbers, however large.
        scale: how much one step of the code is worth, positive.
        zero_point: the code of 0.0, between 0 and 255.

    Returns:
        uint8 codes of the same shape: t / scale in float32, rounded as torch.round does it
        (halves to the even neighbour), then plus zero_point, clamped to 0…255.
    """
    # BEGIN SOLUTION
    codes = torch.round(t / scale) + zero_point
    return codes.clamp(0, 255).to(torch.uint8)
    # END SOLUTION


check("quantise")

# %% [markdown]
# ## Indexing
#
# Four ways to take something out of one matrix. Find each of them in it before you read on.

# %%
dozen = torch.arange(12).view(3, 4)
show_tables(
    **{
        "dozen": dozen,
        "dozen[1:]": dozen[1:],
        "dozen[:, 0:1]": dozen[:, 0:1],
        "dozen[-1:, ::2]": dozen[-1:, ::2],
        "dozen[dozen[:, 1] > 4]": dozen[dozen[:, 1] > 4],
    }
)

# %% [markdown]
# `t[1]` takes one index away, `t[1:]` keeps the axis, `t[:, 0]` reaches into the second axis, `t[None]` adds an axis in
# front, and negative numbers count from the end. An assignment writes through an index: after
# `t = torch.ones(4, 4); t[:, 1] = 0` the second column is zero.
#
# Writing through an index changes the tensor itself, and everybody who holds it. A function that was given a tensor does
# not own it. If it has to write, it writes into a `clone()`.


# %% question="border_zero"
def border_zero(t: torch.Tensor) -> torch.Tensor:
    """A copy of a matrix with zeros all around its border.

    Args:
        t: shape (H, W), any dtype, H and W at least 1 (of a single row nothing but zeros is left). It may
            hold NaN and infinity, and 0 times NaN is NaN.

    Returns:
        A new tensor of the same shape and dtype: first and last row, first and last column are 0,
        whatever stood there, and the inside is as it was.
    """
    # BEGIN SOLUTION
    result = t.clone()
    result[0] = result[-1] = 0
    result[:, 0] = result[:, -1] = 0
    return result
    # END SOLUTION


check("border_zero")

# %% [markdown]
# Comparisons work element by element and give a tensor of `bool`: `t > 3` has the shape of `t`. To combine two of them,
# Python's `and` cannot help, since it wants one truth value. Use `&`, `|` and `~`, and put each comparison in brackets,
# because `&` binds tighter than `>`. A bool tensor can be summed: `True` counts as 1. The sum is a tensor without axes; its
# `.item()` is a Python number.


# %% question="count_between"
def count_between(t: torch.Tensor, low: float, high: float) -> int:
    """How many elements are greater than `low` and less than `high`.

    Args:
        t: any shape, any real dtype.
        low, high: numbers that this dtype holds exactly; where `t` holds whole numbers of at most six
            digits, also halves, such as 2.5.

    Returns:
        A Python int; it may be larger than the dtype of `t` can hold. Elements equal to `low` or `high`
        do not count; where `low` is above `high`, none does. Numbers that differ in the last digit that
        their dtype has, such as 2**40 and 2**40 + 1 in int64, are told apart: no conversion of `t` may
        round them.
    """
    # BEGIN SOLUTION
    return int(((t > low) & (t < high)).sum())
    # END SOLUTION


check("count_between")

# %% [markdown]
# A bool tensor is also an index. `t[mask]` with a mask of the shape of `t` picks *elements* and gives a vector. With a
# mask that has one entry per row it picks *rows* and keeps them whole. The second is how one filters a table.


# %% question="rows_above"
def rows_above(t: torch.Tensor, column: int, threshold: float) -> torch.Tensor:
    """The rows of a table in which one column exceeds a threshold.

    Args:
        t: shape (N, C), any real dtype.
        column: 0 to C-1.
        threshold: a number that this dtype holds exactly; where `t` holds whole numbers of at most six
            digits, also a half, such as 2.5.

    Returns:
        Shape (K, C), dtype of `t`: the rows with t[row, column] > threshold, in their order; K may be 0.
        As above, numbers that differ in the last digit of their dtype are told apart.
    """
    # BEGIN SOLUTION
    return t[t[:, column] > threshold]
    # END SOLUTION


check("rows_above")

# %% [markdown]
# Tensors of integers are indexes, too. `t[rows, cols]` with two vectors of length K picks K *elements*: the first at
# `(rows[0], cols[0])`, the second at `(rows[1], cols[1])`, and so on. It is not the block where the rows and the columns
# cross.


# %% question="pick_pairs"
def pick_pairs(t: torch.Tensor, rows: torch.Tensor, cols: torch.Tensor) -> torch.Tensor:
    """One element for each pair of a row and a column.

    Args:
        t: shape (N, C), any dtype.
        rows: int64, shape (K,), each 0 to N-1; K may be 0.
        cols: int64, shape (K,), each 0 to C-1.

    Returns:
        Shape (K,), dtype of `t`: element k is t[rows[k], cols[k]].
    """
    # BEGIN SOLUTION
    return t[rows, cols]
    # END SOLUTION


check("pick_pairs")

# %% [markdown]
# **Look.** Your `border_zero`, your `rows_above` with column 1 and threshold 4, and the elements at (0, 0), (1, 1) and (2, 3), picked by
# two vectors of indexes, all from the matrix at the left. Each number keeps its colour, so you see where it came from.


# %%
@when_solved
def three_ways_to_choose():
    t = torch.arange(12).view(3, 4)
    pairs = t[torch.tensor([0, 1, 2]), torch.tensor([0, 1, 3])]
    show_tables(t=t, border_zero=border_zero(t), rows_above=rows_above(t, 1, 4), pairs=pairs[None])


# %% [markdown]
# ## Shapes
#
# Reshaping keeps the numbers and their order and changes only how they are grouped. So the product of the sizes must
# stay the same: twelve numbers can be (12,), (3, 4), (2, 2, 3) and some more. One size may be given as `-1`; it is
# worked out from the others.
#
# The same twelve numbers, grouped in three ways. Read each table row by row: the order never changes.

# %%
dozen = torch.arange(12)
show_tables(
    **{"(2, 6)": dozen.reshape(2, 6), "(3, 4)": dozen.reshape(3, 4), "(4, 3)": dozen.reshape(-1, 3)}
)

# %% [markdown]
# These are not all shapes of twelve numbers. List them, for any count and any rank.


# %% question="legal_shapes"
def legal_shapes(n: int, rank: int) -> set[tuple[int, ...]]:
    """Every shape of a given rank that holds exactly n elements.

    Args:
        n: at least 1.
        rank: at least 1.

    Returns:
        A set of tuples. For n = 4, rank = 2 that is {(1, 4), (2, 2), (4, 1)}.
    """
    # BEGIN SOLUTION
    if rank == 1:
        return {(n,)}
    return {(d, *rest) for d in range(1, n + 1) if n % d == 0 for rest in legal_shapes(n // d, rank - 1)}
    # END SOLUTION


check("legal_shapes")

# %% [markdown]
# Axes of size 1 carry no numbers, but layers insist on them. A grey picture (H, W) enters a convolution as a batch of one
# picture with one channel, (1, 1, H, W). `unsqueeze(dim)` adds such an axis at a place of your choice; indexing with
# `None` does the same. Look where the new axes stand, and what the last line says: no number was copied.

# %%
grey = torch.zeros(28, 20)
one_batch = grey.unsqueeze(0).unsqueeze(0)
print("grey:", tuple(grey.shape), " twice unsqueeze(0):", tuple(one_batch.shape))
print("grey[None, None]:", tuple(grey[None, None].shape))
print("axes at other places:", tuple(grey.unsqueeze(1).shape), tuple(grey.unsqueeze(-1).shape))
one_batch[0, 0, 3, 5] = 1
print("written into the batch, read in the picture:", grey[3, 5].item())

# %% [markdown]
# `squeeze()` without an argument drops *every* axis of size 1. With a batch of 32 that goes well; with the last batch of
# the day, which has a single picture in it, the batch axis vanishes as well and the next layer fails. So name the axis.
# And beware: `squeeze(dim)` on an axis that is longer than 1 does nothing, silently.


# %% question="drop_axis"
def drop_axis(t: torch.Tensor, dim: int) -> torch.Tensor:
    """The tensor without one axis of size 1.

    Args:
        t: any shape and dtype.
        dim: the axis to drop, one that `t` has; may be negative.

    Returns:
        The same numbers, one axis fewer. Other axes stay, also those of size 1.

    Raises:
        ValueError: if that axis is not of size 1. It is too long, or it is empty: size 0 is not 1,
            either.
    """
    # BEGIN SOLUTION
    if t.shape[dim] != 1:
        raise ValueError(f"axis {dim} has size {t.shape[dim]}")
    return t.squeeze(dim)
    # END SOLUTION


check("drop_axis")

# %% [markdown]
# A linear layer wants one row of numbers per picture. Flattening a batch (N, C, H, W) must therefore leave axis 0 alone:
# `flatten()` would pour all pictures into one long vector.


# %% question="flatten_images"
def flatten_images(batch: torch.Tensor) -> torch.Tensor:
    """Each picture of a batch as one row.

    Args:
        batch: shape (N, C, H, W), any dtype, of any layout in memory, such as a batch whose axes were
            permuted; N may be 1.

    Returns:
        Shape (N, C·H·W), same dtype: in each row first all of channel 0, row by row, then channel 1, and
        so on.
    """
    # BEGIN SOLUTION
    return batch.flatten(start_dim=1)
    # END SOLUTION


check("flatten_images")

# %% [markdown]
# Two ways to join tensors. `cat` glues them along an axis that they already have: two (2, 2) become (4, 2) or (2, 4).
# `stack` lays them on top of each other along a *new* axis: two (2, 2) become (2, 2, 2).


# %% question="join"
def join(tensors: list[torch.Tensor], how: str, dim: int) -> torch.Tensor:
    """Join tensors of one shape.

    Args:
        tensors: at least one, all of the same shape and dtype. The result has that dtype, too.
        how: "cat" (along an existing axis) or "stack" (along a new one).
        dim: that axis; may be negative.

    Raises:
        ValueError: for any other `how`.
    """
    # BEGIN SOLUTION
    if how == "cat":
        return torch.cat(tensors, dim=dim)
    if how == "stack":
        return torch.stack(tensors, dim=dim)
    raise ValueError(f"unknown way to join: {how}")
    # END SOLUTION


check("join")

# %% [markdown]
# Image files store (height, width, channel); PyTorch wants (channel, height, width). This needs the axes to *move*.
# `reshape` never moves an axis: it deals the same numbers out again in the same order, which gives the right shape and a
# scrambled picture. `permute` gives the axes in a new order and copies nothing.


# %% question="hwc_to_chw"
def hwc_to_chw(image: torch.Tensor) -> torch.Tensor:
    """A picture with its channel axis moved to the front.

    Args:
        image: shape (H, W, C), any dtype.

    Returns:
        Shape (C, H, W), sharing the memory of `image`: element [c, y, x] is image[y, x, c].
    """
    # BEGIN SOLUTION
    return image.permute(2, 0, 1)
    # END SOLUTION


check("hwc_to_chw")

# %% [markdown]
# **Look.** A photograph of 100×150 pixels as files store it; what your `hwc_to_chw` makes of it, shown again; and what `reshape`
# makes of it, which has the same shape and the same numbers. Where in the third one are the numbers of the first pixel?


# %%
@when_solved
def moved_and_reshaped():
    photograph = torch.from_numpy(np.array(Image.open("data/photographs/cat.png")))
    show_pictures(
        stored=photograph, moved=hwc_to_chw(photograph), reshaped=photograph.reshape(3, 100, 150)
    )


# %% [markdown]
# Moving axes and adding axes of size 1 often go together. It helps to give the axes letters, such as `"chw"`. (PyTorch once
# had tensors with named axes; they are gone, the idea is not.) To combine a vector of one weight per channel with a
# picture, it must first look like (C, 1, 1): its own axis in the right place, and size 1 everywhere else. A table of the
# axes `"wc"` becomes `"chw"` by swapping its two axes and putting a new one between them: (W, C) → (C, W) → (C, 1, W).


# %% question="align_axes"
def align_axes(t: torch.Tensor, have: str, want: str) -> torch.Tensor:
    """A tensor whose axes are brought into a wanted order, with axes of size 1 for those it lacks.

    Args:
        t: one axis per letter of `have`, any dtype.
        have: the names of its axes, small letters, such as "c" or "wc". No letter twice.
        want: the names in the order they are wanted, such as "chw". Contains every letter of `have`, and
            none twice.

    Returns:
        One axis per letter of `want`, dtype of `t`: align_axes(t, "c", "chw") has shape (C, 1, 1), and
        align_axes(t, "wc", "chw") has shape (C, 1, W).
    """
    # BEGIN SOLUTION
    present = [name for name in want if name in have]
    t = t.permute([have.index(name) for name in present])
    for dim, name in enumerate(want):
        if name not in have:
            t = t.unsqueeze(dim)
    return t
    # END SOLUTION


check("align_axes")

# %% [markdown]
# # Part 2 · Memory, arithmetic, and a network
#
# The second sitting. Part 1 was about what a tensor is and how one reaches its numbers; now: where they lie, and what one computes
# with them. In the end you have a small network, without any layer of PyTorch's.
#
# ## Memory
#
# Here is the whole secret of `view`, `permute` and slices. The numbers lie in a **storage**: one long row in memory. A
# tensor is a way to read it, made of three things:
#
# * the **size**, how many steps each axis has (`t.size()`, or `t.shape`),
# * the **stride**, how far to go in the storage for one step along each axis (`t.stride()`),
# * the **offset**, where the first element is (`t.storage_offset()`).
#
# ![Six numbers in a row, read as a 3 by 2 matrix and as its transpose](figures/strides.svg)
#
# Element `[i, j]` is at `offset + i · stride[0] + j · stride[1]`. Transposing a matrix swaps the two sizes and the two
# strides, and touches not a single number. Strides count elements (NumPy's count bytes).
#
# **Predict.** Nine numbers in a row, `nine = torch.arange(9)`; the same as 3×3, `square = nine.view(3, 3)`; the lower right
# corner of that; and its transpose. What is the stride of each? Write down what you think before you see it. A prediction that is
# made counts in full, also where something else comes: that is where you learn something.


# %% question="guess_strides"
def guess_strides() -> dict[str, tuple[int, ...]]:
    """What `stride()` of each of the four will say.

    Returns:
        A dict with the keys "nine", "square", "square[1:, 1:]" and "square.T", and under each a tuple of
        whole numbers, as `stride()` gives it.
    """
    # BEGIN SOLUTION
    return {"nine": (1,), "square": (3, 1), "square[1:, 1:]": (3, 1), "square.T": (1, 3)}
    # END SOLUTION


check("guess_strides")

# %% [markdown]
# **Look.** Your prediction beside what came, with their sizes and offsets. Which of the four lie in reading order?


# %%
@when_solved
def four_readings_of_nine():
    guessed = guess_strides()
    nine = torch.arange(9)
    square = nine.view(3, 3)
    readings = {"nine": nine, "square": square, "square[1:, 1:]": square[1:, 1:], "square.T": square.T}
    beside(guessed, {name: reading.stride() for name, reading in readings.items()})
    for name, reading in readings.items():
        order = "contiguous" if reading.is_contiguous() else "not contiguous"
        print(f"{name}: size {tuple(reading.shape)}, offset {reading.storage_offset()}, {order}")


# %% [markdown]
# Now work it out yourself, for any element of any tensor.


# %% question="address"
def address(t: torch.Tensor, *index: int) -> int:
    """Where in its storage an element of a tensor lies.

    Args:
        t: any tensor, also a slice or a transpose.
        index: one non-negative int per axis.

    Returns:
        The position in the storage, counted in elements from its start.
    """
    # BEGIN SOLUTION
    return t.storage_offset() + sum(i * stride for i, stride in zip(index, t.stride(), strict=True))
    # END SOLUTION


check("address")

# %% [markdown]
# **Look.** Here your `address` is asked for every element of four tensors that share one storage. Equal colours are the same
# place in memory. Read each table row by row: where do the addresses grow by one, where by more? The transpose has
# the same places in other cells, and the slice begins in the middle.


# %%
@when_solved
def four_readings_of_one_storage():
    t = torch.arange(12).view(3, 4)
    readings = {"t": t, "t.T": t.T, "t[1:, ::2]": t[1:, ::2], "t.view(2, 6)": t.view(2, 6)}
    show_tables(
        **{
            name: torch.tensor([[address(r, i, j) for j in range(r.shape[1])] for i in range(r.shape[0])])
            for name, r in readings.items()
        }
    )


# %% [markdown]
# A tensor fresh from a factory is **contiguous**: its last stride is 1 and each stride is the product of the sizes behind
# it, so `torch.ones(3, 4, 5)` has strides (20, 5, 1). Permuting its axes permutes the strides.


# %% question="predict_strides"
def predict_strides(shape: tuple[int, ...], order: tuple[int, ...]) -> tuple[int, ...]:
    """The strides that torch.empty(shape).permute(order) has.

    Args:
        shape: sizes, all at least 1.
        order: a permutation of the axes, counted from 0.
    """
    # BEGIN SOLUTION
    strides = [1] * len(shape)
    for axis in range(len(shape) - 2, -1, -1):
        strides[axis] = strides[axis + 1] * shape[axis + 1]
    return tuple(strides[axis] for axis in order)
    # END SOLUTION


check("predict_strides")

# %% [markdown]
# `view(shape)` gives another reading of the same storage. Nothing is copied, so a change made through the view is a
# change of the original. Indexing shares as well: `t[1]` is a window onto `t`, not a row of its own. A row of its own is
# `t[1].clone()`. Below, one number is written into a window and one into a row of its own. Which of the two arrives in the table?

# %%
shared_table = torch.arange(6).view(2, 3)
window, own_row = shared_table[1], shared_table[1].clone()
window[0], own_row[1] = 100, 200
print("window:", window.tolist(), " own row:", own_row.tolist(), " table:", shared_table.tolist())

# %% [markdown]
# Now write through a view yourself.


# %% question="view_and_mark"
def view_and_mark(x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """A vector as a matrix of one row, with the number 5 written into its first column.

    Args:
        x: a contiguous vector of n >= 1 numbers, any real dtype. It is meant to change.

    Returns:
        (row, x): the view of shape (1, n), and `x` itself. Both begin with a 5, and what is written into
        one of them later shows in the other.
    """
    # BEGIN SOLUTION
    row = x.view(1, -1)
    row[:, 0] = 5
    return row, x
    # END SOLUTION


check("view_and_mark")

# %% [markdown]
# `view` refuses when no strides exist that would read the storage in the wanted order; a transposed matrix is the classic
# case. `t.is_contiguous()` tells whether the numbers lie in reading order. `t.contiguous()` copies them into that order, after
# which every view works, and does *nothing* where they lie so already: it then returns `t` itself, so it is no way to make a
# copy. Not every tensor that is not contiguous needs one: every second row of a table can be viewed in many shapes where it
# lies. `reshape` is the form for all cases: it shares when it can and copies when it must. (`resize_` is something else
# entirely: it changes the tensor that you have, and drops elements or shows you uninitialised memory when the counts do
# not match. You will not need it.)


# %% question="safe_view"
def safe_view(t: torch.Tensor, shape: tuple[int, ...]) -> torch.Tensor:
    """The elements of a tensor, in reading order, in another shape.

    Args:
        t: any shape and dtype, contiguous or not.
        shape: any with the same product, () among them; no -1.

    Returns:
        A tensor of that shape and the dtype of `t`. It shares the memory of `t` whenever that is
        possible, also when `t` is not contiguous.
    """
    # BEGIN SOLUTION
    return t.reshape(shape)
    # END SOLUTION


check("safe_view")

# %% [markdown] question="why_view"
# **Question in words.** Let `t = torch.arange(6).view(2, 3)`. `t.view(6)` works, `t.T.view(6)` raises, and `t.T.reshape(6)`
# works again. Explain it with strides. Somebody then writes `t.T.reshape(6)[0] = 100` and finds `t` unchanged, while
# `t.reshape(6)[0] = 100` does change `t`. Why? Three to five sentences.
#
# <!-- BEGIN SOLUTION -->
# A vector has one stride, the same for all steps. In reading order the elements of `t` lie at 0, 1, 2, 3, 4, 5: stride 1
# reads them. Those of `t.T` lie at 0, 3, 1, 4, 2, 5: the steps are +3 and −2 in turn, which no single stride makes, so
# `view` raises. `reshape` copies the numbers into reading order where there is no such stride, and returns a view
# where there is one. So the 100 goes into a copy in the first case, and into the storage of `t` in the second.
# <!-- END SOLUTION -->

# %% [markdown]
# PyTorch marks functions that change their tensor with a trailing underscore: `t.zero_()`, `t.add_(5)`, `t.mul_(2)`.
# Without the underscore the tensor stays, and you get a new one. An in-place operation cannot change the dtype, either:
# `torch.tensor([1, 4]).sqrt()` gives floats, `torch.tensor([1, 4]).sqrt_()` raises. And `t += 5` is `t.add_(5)`, while `t = t + 5`
# makes a new tensor. Which of the three lines below changes the four numbers?

# %%
four_numbers = torch.tensor([1.0, 4.0, 9.0, 16.0])
print("sqrt() gives", four_numbers.sqrt(), " and leaves", four_numbers)
print("+ 5 gives   ", four_numbers + 5, " and leaves", four_numbers)
print("add_(5) gives", four_numbers.add_(5), " and leaves", four_numbers)

# %% [markdown]
# Write one function of each kind.


# %% question="zero_out"
def zero_out(t: torch.Tensor) -> torch.Tensor:
    """Set every element of the caller's tensor to 0, and return that very tensor.

    Args:
        t: any shape and dtype, a slice or a transpose as well (but nothing from `expand`), whatever it
            holds, NaN too. It is meant to change.
    """
    # BEGIN SOLUTION
    return t.zero_()
    # END SOLUTION


def zeroed(t: torch.Tensor) -> torch.Tensor:
    """A new tensor of zeros with the shape and dtype of `t`; `t` stays as it is.

    Args:
        t: any shape and dtype, whatever it holds.
    """
    # BEGIN SOLUTION
    return torch.zeros_like(t)
    # END SOLUTION


check("zero_out")

# %% [markdown]
# ## Element by element, and broadcasting
#
# Arithmetic works element by element: `a + b`, `a * b`, `a ** 2`, `a.abs()`. The result is a new tensor; `a` stays.
#
# A column and a row, and neither is a table. Their sum is one:

# %%
a_column, a_row = torch.tensor([[0], [10], [20]]), torch.tensor([[1, 2, 3, 4]])
show_tables(column=a_column, row=a_row, **{"column + row": a_column + a_row})

# %% [markdown]
# To **standardise** numbers is to subtract their mean and to divide by their standard deviation, so that they end up
# around 0 with a spread of 1. Networks learn better from such inputs. (`std()` divides by n − 1 unless told otherwise.
# Stay with that.)


# %% question="standardise"
def standardise(t: torch.Tensor) -> torch.Tensor:
    """The tensor with mean 0 and standard deviation 1 over all of its elements.

    Args:
        t: floating point, any shape with two elements or more, not all of them equal. They may be large
            beside their spread (3,000, give or take 1), and the spread may be small (0.0003).

    Returns:
        Same shape and dtype.
    """
    # BEGIN SOLUTION
    return (t - t.mean()) / t.std()
    # END SOLUTION


check("standardise")

# %% [markdown]
# Some functions do not like every number. The root of a negative number is NaN, "not a number", and NaN spreads: any sum
# with a NaN in it is NaN.


# %% question="signed_sqrt"
def signed_sqrt(t: torch.Tensor) -> torch.Tensor:
    """The square root of each magnitude, with the sign of the element: 9 gives 3, -4 gives -2, 0 gives 0.

    Args:
        t: any shape, floating point or int64 (of up to a million or so).

    Returns:
        Same shape; float32 for int64 input, otherwise the dtype of `t`.
    """
    # BEGIN SOLUTION
    return t.sign() * t.abs().sqrt()
    # END SOLUTION


check("signed_sqrt")

# %% [markdown]
# Shapes need not be equal. They are compared **from the last axis backwards**: two sizes fit when they are equal or when
# one of them is 1 (or missing). The axis of size 1 is then used again and again, without being copied.
#
# ![A column of three and a row of four give a table of three by four](figures/broadcasting.svg)
#
# So `torch.tensor([1, 2, 3]) * torch.tensor([[10], [20], [30]])` is a multiplication table. And (2, 1, 3) with (2, 3) is
# (2, 2, 3): the missing axis of the second goes in front.
#
# **Predict.** Four sums of two tensors, by their shapes. Which shape has each, or do the two not fit? Write it down before you
# run anything.


# %% question="guess_shapes"
def guess_shapes() -> dict[str, tuple[int, ...] | None]:
    """Which shapes the four sums have.

    Returns:
        A dict with the keys "(3, 1) + (1, 4)", "(4,) + (3, 4)", "(4, 3) + (4,)" and "(5, 1, 2) + (3, 1)",
        and under each a tuple of whole numbers, or None where the two do not fit.
    """
    # BEGIN SOLUTION
    return {
        "(3, 1) + (1, 4)": (3, 4),
        "(4,) + (3, 4)": (3, 4),
        "(4, 3) + (4,)": None,
        "(5, 1, 2) + (3, 1)": (5, 3, 2),
    }
    # END SOLUTION


check("guess_shapes")

# %% [markdown]
# Now for any number of shapes.


# %% question="broadcast_shape"
def broadcast_shape(*shapes: tuple[int, ...]) -> tuple[int, ...] | None:
    """The shape that results when tensors of these shapes are added.

    Args:
        shapes: one or more tuples of sizes; () is a scalar. A size may be 0: it fits 0 and 1.

    Returns:
        The shape, or None when they do not fit.
    """
    # BEGIN SOLUTION
    result: list[int] = []
    for axis in range(1, max(map(len, shapes)) + 1):
        sizes = {shape[-axis] for shape in shapes if len(shape) >= axis} - {1}
        if len(sizes) > 1:
            return None
        result.insert(0, sizes.pop() if sizes else 1)
    return tuple(result)
    # END SOLUTION


check("broadcast_shape")

# %% [markdown]
# **Look.** Your prediction beside what PyTorch makes, and what your function says. One pair does not fit: which two sizes meet
# there?


# %%
@when_solved
def said_and_done():
    guessed = guess_shapes()
    came = {}
    for a, b in (((3, 1), (1, 4)), ((4,), (3, 4)), ((4, 3), (4,)), ((5, 1, 2), (3, 1))):
        try:
            came[f"{a} + {b}"] = tuple((torch.zeros(a) + torch.zeros(b)).shape)
        except RuntimeError:
            came[f"{a} + {b}"] = None
        print(f"{a} + {b}: your function says {broadcast_shape(a, b)}")
    beside(guessed, came)


# %% [markdown]
# ## Reductions
#
# Which way does `dim=0` go? Look which numbers were added up.

# %%
two_rows = torch.tensor([[1, 2, 3], [10, 20, 30]])
print("sum(dim=0):", two_rows.sum(dim=0), " sum(dim=1):", two_rows.sum(dim=1), " sum():", two_rows.sum())

# %% [markdown]
# A reduction turns many numbers into fewer: `sum`, `mean`, `max`, `argmax`, `std`. Without an axis it takes all of them;
# with `dim=` the axis that you name is the one that **disappears**. For a table of shape (3, 4), `sum(dim=0)` has
# shape (4,): it adds *down* the rows and leaves one number per column. `sum(dim=1)` leaves one number per row. Compare the shapes:
# which size is gone in each?

# %%
sales = torch.arange(12).view(3, 4)
of_columns, of_rows = sales.sum(dim=0), sales.sum(dim=1)
print("table:", tuple(sales.shape))
print("sum(dim=0):", tuple(of_columns.shape), " sum(dim=1):", tuple(of_rows.shape))
show_tables(table=sales, **{"sum(dim=0)": of_columns[None], "sum(dim=1)": of_rows[:, None]})

# %% [markdown]
# The mean of integers is no integer, and PyTorch does not guess: `mean` of an int tensor raises. To leave tensor land
# with a plain Python number, use `.item()`; with a list, `.tolist()`.


# %% question="safe_mean"
def safe_mean(t: torch.Tensor) -> float:
    """The mean of all elements as a Python float.

    Args:
        t: non-empty, any shape and dtype. Where the sum does not fit into the dtype, as happens in uint8
            and float16, the mean is right all the same. It fits into float32, whose six digits are
            enough.
    """
    # BEGIN SOLUTION
    return t.double().mean().item()
    # END SOLUTION


check("safe_mean")

# %% [markdown]
# A classifier gives one row of scores per picture, and its prediction is the place of the largest score in each row.
# `argmax()` without an axis gives one number, the place in the *flattened* tensor. And `max(dim=1)` gives two tensors, the
# heights and the places; it is easy to take the wrong one.


# %% question="predict_rows"
def predict_rows(scores: torch.Tensor) -> torch.Tensor:
    """The predicted class of each row.

    Args:
        scores: float32 or float64, shape (N, K), of either sign and any size; the largest of a row is at
            least 0.0001 above the others. N may be 1, or 0.

    Returns:
        int64, shape (N,): for each row the index of its largest score.
    """
    # BEGIN SOLUTION
    return scores.argmax(dim=1)
    # END SOLUTION


check("predict_rows")

# %% [markdown]
# A reduction followed by broadcasting is where shapes go wrong in silence. For a table of shape (3, 3), `x.mean(1)` has
# shape (3,), and `x - x.mean(1)` lines it up with the *columns*. Nothing complains, and the numbers are wrong. With
# `keepdim=True` the reduced axis stays, with size 1, and things line up as you meant.


# %% question="center_rows"
def center_rows(x: torch.Tensor) -> torch.Tensor:
    """A table with the mean of each row subtracted from that row.

    Args:
        x: floating point, shape (R, C); R may equal C.

    Returns:
        Same shape and dtype; every row has mean 0.
    """
    # BEGIN SOLUTION
    return x - x.mean(dim=1, keepdim=True)
    # END SOLUTION


check("center_rows")

# %% [markdown] question="why_keepdim"
# **Question in words.** `x - x.mean(1)` raises for a table of shape (3, 5) and gives wrong numbers for one of shape (3, 3).
# Why does it raise in one case only, and which numbers are subtracted from which in the other? Name one way to notice
# such a mistake. Two to four sentences.
#
# <!-- BEGIN SOLUTION -->
# The means have shape (3,) and shapes are compared from the last axis: 3 against 5 does not fit, 3 against 3 does. The
# mean of row j is then subtracted from *column* j. One notices it by trying a table that is not square, or by looking whether
# the rows of the result have mean 0.
# <!-- END SOLUTION -->

# %% [markdown]
# ## Products, and a network by hand
#
# Two products of the same two matrices. One pairs elements, the other pairs rows with columns.

# %%
first, second = torch.tensor([[1, 2], [3, 4]]), torch.tensor([[10, 0], [0, 1]])
show_tables(left=first, right=second, **{"left * right": first * second, "left @ right": first @ second})

# %% [markdown]
# The matrix product `A @ B` pairs each row of A with each column of B: multiply element by element, then add up. The
# inner sizes must match and vanish, the outer ones remain: (2, **3**) @ (**3**, 4) is (2, 4). Two (3, 2) matrices do not
# match; *transposing* the second one does it. Reshaping it to (2, 3) makes the sizes match as well, and the result wrong.
#
# `.T` is for matrices. In a batch of matrices, (N, R, C), each is transposed by swapping the last two axes and leaving the
# batch alone: `transpose(i, j)` swaps the two axes that you name, and `.mT` the last two. And `@` multiplies two batches matrix by
# matrix. Look at the shapes below: which of them still has its batch in front?

# %%
matrices = torch.arange(24).view(2, 3, 4)
print("transpose(-2, -1):", tuple(matrices.transpose(-2, -1).shape), " mT:", tuple(matrices.mT.shape))
print("all axes reversed:", tuple(matrices.permute(2, 1, 0).shape))
print("a product of batches:", tuple((matrices @ matrices.mT).shape))


# %% question="pairwise_dots"
def pairwise_dots(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """The dot product of every row of `a` with every row of `b`, for two matrices or two batches of them.

    Args:
        a: shape (N, D) or (B, N, D), floating point.
        b: shape (M, D) or (B, M, D), of as many axes as `a`, with the same B and D; same dtype.

    Returns:
        Shape (N, M) or (B, N, M), that dtype: element [i, j], of each matrix of a batch, is the dot
        product of its rows a[i] and b[j].
    """
    # BEGIN SOLUTION
    return a @ b.transpose(-2, -1)
    # END SOLUTION


check("pairwise_dots")

# %% [markdown]
# A linear layer is one matrix product and one sum: `y = x Wᵀ + b`. Its weight has the shape (outputs, inputs), which is
# why it is transposed.


# %% question="linear_by_hand"
def linear_by_hand(x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
    """What nn.Linear computes: a matrix product and a sum.

    PyTorch's own layer is allowed, and may draw random numbers for its first weights; its result has to
    be detached (`.detach()`). It teaches less.

    Args:
        x: shape (N, inputs), floating point.
        weight: shape (outputs, inputs), same dtype.
        bias: shape (outputs,), same dtype.

    Returns:
        Shape (N, outputs), that dtype.
    """
    # BEGIN SOLUTION
    return x @ weight.T + bias
    # END SOLUTION


check("linear_by_hand")

# %% [markdown]
# One neuron: the weighted sum of its features plus a bias, `z`, sent through an activation, `y`. Ours is the sigmoid,
# `1 / (1 + e⁻ᶻ)`. With seed 7, `torch.randn((1, 5))` for the features, `torch.randn_like(features)` for the weights and
# `torch.randn((1, 1))` for the bias, z is −1.6619 and y is 0.1595: the check tries that. PyTorch has the sigmoid as
# `torch.sigmoid`.


# %% question="neuron"
def neuron(
    features: torch.Tensor, weights: torch.Tensor, bias: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """One neuron with a sigmoid.

    Args:
        features: shape (1, D), floating point. The weighted sum may be large: e to the 100 is infinite in
            float32.
        weights: shape (1, D), same dtype.
        bias: shape (1, 1), same dtype.

    Returns:
        (z, y), both of shape (1, 1) and that dtype: the weighted sum with the bias, and its sigmoid.
    """
    # BEGIN SOLUTION
    z = features @ weights.T + bias
    return z, torch.sigmoid(z)
    # END SOLUTION


check("neuron")

# %% [markdown]
# Two layers: the outputs of the first are the inputs of the second, and *both* have an activation: here the sigmoid of each
# number. Without one between them, two linear layers are no more than one. Write it so that it takes a whole batch.


# %% question="two_layer"
def two_layer(
    x: torch.Tensor, w1: torch.Tensor, w2: torch.Tensor, b1: torch.Tensor, b2: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """A network of two layers with sigmoids, for a batch.

    It is given both weights first, then both biases.

    Args:
        x: shape (N, D), floating point, as are all others. Sums may be large: e to the 100 is infinite in
            float32.
        w1: shape (D, H); note that it is not transposed as in nn.Linear.
        w2: shape (H, O).
        b1: shape (1, H).
        b2: shape (1, O).

    Returns:
        (hidden of shape (N, H), out of shape (N, O)), both after the sigmoid, of the same dtype.
    """
    # BEGIN SOLUTION
    hidden = torch.sigmoid(x @ w1 + b1)
    return hidden, torch.sigmoid(hidden @ w2 + b2)
    # END SOLUTION


check("two_layer")

# %% [markdown]
# **Look.** "Either, but not both" is what no single neuron can say. Two layers can: with the weights below, your network gives
# about 1 for the corners where one of two numbers is 1 and the other is 0, and about 0 for the other two. The table shows its output for the
# first number from 0 (top) to 1 (bottom), and the second from 0 (left) to 1 (right), in percent.


# %%
@when_solved
def either_but_not_both():
    w1, b1 = torch.tensor([[20.0, 20.0], [20.0, 20.0]]), torch.tensor([[-10.0, -30.0]])
    w2, b2 = torch.tensor([[20.0], [-20.0]]), torch.tensor([[-10.0]])
    steps = torch.linspace(0, 1, 9)
    _, out = two_layer(torch.cartesian_prod(steps, steps), w1, w2, b1, b2)
    show_tables(output=(100 * out.view(9, 9)).round())


# %% [markdown]
# ## Pictures: all of it together
#
# The eye sees green brighter than red and red brighter than blue. A grey value is therefore a *weighted* sum of the three
# channels, usually with 0.2126, 0.7152 and 0.0722. Your function has to work for one picture (3, H, W) and for a batch
# (N, 3, H, W). Counting axes from the end, the channel is axis −3 in both, and weights of the shape (3,) line up with it once
# they are (3, 1, 1). (`torch.einsum("...chw,c->...hw", image, w)`
# says the same in one line, if you like letters: one letter per axis, and what is missing on the right is summed over.)


# %% question="to_gray"
def to_gray(image: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """A picture or a batch of pictures in grey.

    Args:
        image: shape (..., C, H, W), floating point; C is 3 for colours, and may be any other number.
        weights: shape (C,), same dtype.

    Returns:
        Shape (..., H, W), that dtype: for each pixel the sum of weight times channel.
    """
    # BEGIN SOLUTION
    return (image * weights[:, None, None]).sum(dim=-3)
    # END SOLUTION


check("to_gray")

# %% [markdown]
# **Look.** A colour picture, and your grey one with the usual weights, beside the plain mean of the three channels. Which of the two
# keeps green brighter than blue, as your eye does?


# %%
@when_solved
def grey_in_two_ways():
    colours = torch.eye(3)[:, None, :].repeat_interleave(36, dim=1).repeat_interleave(24, dim=2)
    usual, plain = torch.tensor([0.2126, 0.7152, 0.0722]), torch.ones(3) / 3
    grey = {"usual": to_gray(colours, usual), "plain": to_gray(colours, plain)}
    pictures = {"colours": colours, **{name: g.expand(3, -1, -1) for name, g in grey.items()}}
    show_pictures(**{name: (255 * t).to(torch.uint8) for name, t in pictures.items()})
    print("einsum agrees:", torch.allclose(torch.einsum("chw,c->hw", colours, usual), grey["usual"]))


# %% [markdown]
# ## NumPy, randomness, files
#
# `torch.from_numpy(a)` and `t.numpy()` build a bridge between two views of one memory. In-place operations cross it,
# assignments do not: `a *= 2` changes the numbers, while `a = a * 2` makes a new array and merely moves the name.
# (`torch.asarray`, which shares as a rule, copies an array without axes.)


# %% question="bump_inplace"
def bump_inplace(array: np.ndarray) -> torch.Tensor:
    """Double every number of the caller's array, and return a tensor that shares its memory.

    Args:
        array: floating point, any shape, also a slice or a transpose. It can be written to, and is meant
            to change.

    Returns:
        A tensor of the same shape and dtype, with the doubled numbers; later changes of the array show in
        it.
    """
    # BEGIN SOLUTION
    return torch.from_numpy(array).mul_(2)
    # END SOLUTION


check("bump_inplace")

# %% [markdown]
# Random numbers come from a generator whose state a **seed** sets: after `torch.manual_seed(42)`, `torch.rand(3, 4)`
# gives the same twelve numbers on every computer. The next call gives others. To draw the same numbers twice you must
# seed twice; to draw a reproducible *series* you must seed once. A question that speaks of a seed lets you set the generator that
# all share (`torch.manual_seed`). One of your own will do as well, `torch.Generator().manual_seed(42)`, handed over as
# `torch.rand(3, 4, generator=…)`: what counts is that the numbers are those that `torch.rand` gives after this seed.


# %% question="twin_draws"
def twin_draws(seed: int, shape: tuple[int, ...]) -> tuple[torch.Tensor, torch.Tensor]:
    """Two draws with equal numbers: those of torch.rand(shape) right after this seed.

    Returns:
        (a, b): equal, each with memory of its own.
    """
    # BEGIN SOLUTION
    torch.manual_seed(seed)
    a = torch.rand(shape)
    torch.manual_seed(seed)
    return a, torch.rand(shape)
    # END SOLUTION


def stream(seed: int, n: int) -> list[torch.Tensor]:
    """A series of n >= 1 different draws: the first, the second, … torch.rand(3) after this seed."""
    # BEGIN SOLUTION
    torch.manual_seed(seed)
    return [torch.rand(3) for _ in range(n)]
    # END SOLUTION


check("twin_draws")

# %% [markdown]
# `rand` draws evenly between 0 and 1; `randn`, with an n, draws from the normal distribution around 0, where about two
# thirds of the numbers lie within ±1. One letter, another network.


# %% question="init_weights"
def init_weights(shape: tuple[int, ...], seed: int, kind: str) -> torch.Tensor:
    """Starting values for a layer, reproducible.

    Args:
        shape: of the result, () among them.
        seed: set at every call, so that the same arguments give the same numbers.
        kind: "uniform" for the numbers of torch.rand after this seed, "normal" for those of torch.randn.

    Returns:
        float32, a new tensor at every call: it will be changed by training.

    Raises:
        ValueError: for any other kind.
    """
    # BEGIN SOLUTION
    torch.manual_seed(seed)
    if kind == "uniform":
        return torch.rand(shape)
    if kind == "normal":
        return torch.randn(shape)
    raise ValueError(f"unknown kind: {kind}")
    # END SOLUTION


check("init_weights")

# %% [markdown]
# `torch.save(t, path)` writes a tensor to a file, `torch.load(path)` reads it back; an open file works in the place of a
# path. Loading is restricted to plain data by default, for a good reason: the format can carry code.


# %% question="roundtrip"
def roundtrip(t: torch.Tensor, path: str) -> torch.Tensor:
    """Save a tensor to a file and load it again.

    Args:
        t: an ordinary (dense) tensor of any shape and dtype, without gradients.
        path: of the file to write, with or without an ending. It may be there already, and is written
            anew; it stays there afterwards, holds the tensor, in no dict or list, and no other file is
            left.

    Returns:
        The tensor that was read from the file, with memory of its own: when the file is written anew, it
        stays as it is.
    """
    # BEGIN SOLUTION
    torch.save(t, Path(path))
    loaded: torch.Tensor = torch.load(Path(path))
    return loaded
    # END SOLUTION


check("roundtrip")

# %% [markdown]
# ## Things that break
#
# Five short programs, as one finds them in real notebooks. Three run, and are wrong; one raises, and one raises for some pictures
# only. Before you mend one, write down for yourself which of the usual suspects it is (shape, dtype, or who owns the memory), and on which input you would have
# noticed.
#
# ```python
# def mix(a, b):                          # two photographs of bytes, half of each
#     return (a + b) // 2
#
# def squared_error(scores, targets):     # scores of shape (N, 1), targets of shape (N,)
#     return ((scores - targets) ** 2).mean()
#
# def running_sums(rows):                 # the sums of the first row, of the first two, …
#     total, sums = torch.zeros_like(rows[0]), []
#     for row in rows:
#         total += row
#         sums.append(total)
#     return sums
#
# def channels_as_rows(image):            # (H, W, C) -> (C, H·W), a row per channel
#     return image.movedim(2, 0).view(image.shape[2], -1)
#
# def share_of_largest(table):            # each number as a share of the largest of its row
#     return table / table.max(dim=1)
# ```


# %% question="five_faults"
def mix(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Two pictures, half of each.

    Args:
        a, b: uint8, of one shape; any shape.

    Returns:
        uint8, same shape: for each pixel the mean of the two, rounded down.
    """
    # BEGIN SOLUTION
    return ((a.int() + b.int()) // 2).to(torch.uint8)
    # END SOLUTION


def squared_error(scores: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """The mean squared difference of each score and its own target.

    Args:
        scores: shape (N, 1), floating point.
        targets: shape (N,), same dtype.

    Returns:
        A tensor without axes, of that dtype.
    """
    # BEGIN SOLUTION
    return ((scores[:, 0] - targets) ** 2).mean()
    # END SOLUTION


def running_sums(rows: torch.Tensor) -> list[torch.Tensor]:
    """The sum of the first row, of the first two rows, and so on.

    Args:
        rows: shape (N, C), floating point.

    Returns:
        N vectors of shape (C,) and that dtype; writing into one changes neither the others nor `rows`.
    """
    # BEGIN SOLUTION
    total, sums = torch.zeros_like(rows[0]), []
    for row in rows:
        total = total + row
        sums.append(total)
    return sums
    # END SOLUTION


def channels_as_rows(image: torch.Tensor) -> torch.Tensor:
    """All numbers of each channel in a row of their own.

    Args:
        image: shape (H, W, C), any dtype.

    Returns:
        Shape (C, H·W), that dtype: row c holds channel c, from left to right and from top to bottom.
    """
    # BEGIN SOLUTION
    return image.permute(2, 0, 1).reshape(image.shape[2], -1)
    # END SOLUTION


def share_of_largest(table: torch.Tensor) -> torch.Tensor:
    """Each number divided by the largest of its row.

    Args:
        table: shape (R, C), floating point, all numbers positive; R may equal C.

    Returns:
        Same shape and dtype; the largest number of each row becomes 1.
    """
    # BEGIN SOLUTION
    return table / table.amax(dim=1, keepdim=True)
    # END SOLUTION


check("five_faults")

# %% [markdown]
# ## A network that reads
#
# Here is what all this was for. `data/digits.npz` holds handwritten digits, 8×8 pixels of 0 to 16, as `uint8`; and
# `data/reader.npz` the weights of a network with two layers that has learned to read the first 1,500 of them. (How one learns
# is the subject of assignment 03.) Between picture and answer lie steps that you know: another dtype, a row for each picture,
# two layers, the place of the largest output.


# %% question="read_digits"
def read_digits(
    images: torch.Tensor, w1: torch.Tensor, w2: torch.Tensor, b1: torch.Tensor, b2: torch.Tensor
) -> torch.Tensor:
    """What a network with two layers takes each picture for.

    Args:
        images: uint8, shape (N, R, C), pixels of 0 to 16. The network wants them as float32 between 0 and
            1: divided by 16.
        w1: float32, as are all others; shape (R·C, H): its rows belong to the pixels in reading order.
        w2: shape (H, K).
        b1: shape (1, H).
        b2: shape (1, K).

    Returns:
        int64, shape (N,): for each picture the place of the largest of its K outputs, which are all
        different. Both layers end with a sigmoid.
    """
    # BEGIN SOLUTION
    hidden = torch.sigmoid(images.flatten(1) / 16 @ w1 + b1)
    return torch.sigmoid(hidden @ w2 + b2).argmax(dim=1)
    # END SOLUTION


check("read_digits")

# %% [markdown]
# **Look.** 297 pictures that the network has not seen: what your network reads in the first ten, how many of all it reads rightly,
# and some that it takes for something else. Would you have read them?


# %%
@when_solved
def pictures_that_it_has_not_seen():
    digits, reader = np.load("data/digits.npz"), np.load("data/reader.npz")
    images, labels = (torch.from_numpy(digits[name][1500:]) for name in ("images", "labels"))
    said = read_digits(images, *(torch.from_numpy(reader[name]) for name in ("w1", "w2", "b1", "b2")))
    inked = (15 * (16 - images)).clamp(0, 255)[:, None].expand(-1, 3, -1, -1)
    show_pictures(**{f"{i + 1}. read as {said[i]}": inked[i] for i in range(10)})
    print(f"Of {len(said)} pictures it reads {int((said == labels).sum())} rightly. Of the others:")
    wrong = (said != labels).nonzero()[:8, 0].tolist()
    show_pictures(**{f"{i + 1}. {labels[i]}, read as {said[i]}": inked[i] for i in wrong})


# %% [markdown]
# ## A quest: reading digits with 650 numbers
#
# An open task for the willing: it has no best answer that we know of. These are digits that people wrote, 8×8 numbers each, from 0
# for white to 16 for ink. (Where they come from says `data/SOURCES.md`.)

# %%
digits = np.load("data/digits.npz")
digit_pictures = torch.from_numpy(digits["images"]).flatten(1).float()
digit_labels = torch.from_numpy(digits["labels"]).long()


def show_digits(**digits):
    """Show rows of 64 numbers as pictures, from 0 for white to 16 for ink."""
    inked = {name: (15 * (16 - row)).to(torch.uint8).view(8, 8) for name, row in digits.items()}
    show_pictures(**{name: picture.expand(3, -1, -1) for name, picture in inked.items()})


show_digits(**{f"a {digit_labels[i]}": digit_pictures[i] for i in (10, 21, 45)})

# %% [markdown]
# A picture is a row `x` of 64 numbers. With weights `w`, shape (64, 10), and ten biases `b`, `x @ w + b` are ten scores, and the
# largest says which digit is read. Your function is given pictures with their labels, and chooses these 650 numbers. A start that
# needs nothing beyond this notebook: read each picture as the digit whose *average* picture m is nearest. The squared distance of
# x and m is x·x − 2 x·m + m·m, and x·x is the same for all ten.
#
# What is measured: of 500 digits that your function has not seen, how many percent are read right. From 75 on the point is yours;
# the rest is for the sport of it. If your course has a board, it shows your number under the `NICKNAME` that you choose, and not your
# name; leave it empty and you are not on it.


# %% question="digit_reader"
NICKNAME = ""


def digit_reader(pictures: torch.Tensor, labels: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Weights and biases with which digits are read.

    Args:
        pictures: shape (N, 64), float32, numbers from 0 to 16; N is 1,000 or more.
        labels: shape (N,), int64, the digit in each picture, from 0 to 9; each is there at least fifty
            times.

    Returns:
        (w, b), float32: shapes (64, 10) and (10,), finite. Column d of `w`, and `b[d]`, give the score of
        the digit d. A few seconds are enough to find them. Random numbers, if you want some, come from a
        `torch.Generator` of your own.
    """
    # BEGIN SOLUTION
    means = torch.stack([pictures[labels == digit].mean(dim=0) for digit in range(10)])
    return 2 * means.T, -(means**2).sum(dim=1)
    # END SOLUTION


check("digit_reader")

# %% [markdown]
# **Look.** Your numbers at work: chosen with the first 1,297 digits of the file, tried on its last 500. Below, three digits that were
# read wrongly.


# %%
@when_solved
def what_is_read():
    w, b = digit_reader(digit_pictures[:1297], digit_labels[:1297])
    unseen, labels = digit_pictures[1297:], digit_labels[1297:]
    read = (unseen @ w + b).argmax(dim=1)
    print(f"{100 * (read == labels).float().mean():.1f} % of 500 digits are read right")
    wrong = (read != labels).nonzero()[:3, 0].tolist()
    show_digits(**{f"{i + 1}. {labels[i]}, read as {read[i]}": unseen[i] for i in wrong})


# %% [markdown]
# ## Where to look things up
#
# You have now met one or two functions of each family, and the documentation of `torch` is sorted the same way:
# creation (`zeros`, `from_numpy`); indexing, joining and reshaping (`cat`, `squeeze`, `permute`); pointwise (`sqrt`,
# `clamp`); reduction (`mean`, `argmax`); comparison (`eq`, `gt`); spectral (`fft`); linear algebra (`matmul`); random
# sampling (`rand`, `manual_seed`); serialisation (`save`, `load`); parallelism (`set_num_threads`). Most exist twice, as
# a function `torch.sqrt(t)` and as a method `t.sqrt()`; a few are functions only, such as `torch.is_tensor(x)`.
#
# Behind each name a *dispatcher* picks the code for the tensor at hand: for the CPU or a GPU, for ordinary ("strided")
# tensors or **sparse** ones, which store only what is not zero. The same names work on all of them. Here is a matrix
# that is mostly zeros, stored both ways:

# %%
dense = torch.zeros(4, 6)
dense[1, 2], dense[3, 0] = 5.0, -1.0
sparse = dense.to_sparse()
print("stored values:", sparse.values(), " at:", sparse.indices().tolist())
print("the same matrix:", torch.equal(sparse.to_dense(), dense), " sum:", sparse.sum().item())

# %% [markdown]
# That is all you need for the next notebook, where pictures, tables and texts become tensors.
