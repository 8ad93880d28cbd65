# %% [markdown]
# # 2 · Data representation
#
# A network reads tensors of floating-point numbers and nothing else. The world stores photographs as PNG files, scans as
# stacks of slices, measurements as tables, speech as air pressure and novels as letters. This notebook builds the road
# from each of these to a tensor, and the machinery that carries the tensors to the network in batches.
#
# It is meant for two sittings. The first is about pictures, volumes, tables and time series, the second, which begins with
# text, about all that stands between samples and batches; at the end of each you will have drawn with your own code what you built.
#
# Two questions will come back in every section. *Which axis means what?* And: *what does a number mean here*, can one
# subtract two of them, average them, compare them? An error in either is rarely reported. The network trains, a little
# worse than it could, and nobody knows why.
#
# All data lie in the folder `data`, and are small. Three photographs, the handwritten digits and the chapter of a
# novel are real (`data/SOURCES.md` and `data/README.md` say whose they are); all else was made for this course, in the file formats of the well-known originals (`data/README.md`).
# Run the cells from top to bottom, replace each line that raises `NotImplementedError`, and let the `check("…")` at the end of
# the cell tell you how it went: one check asks all functions of its cell, and tries a small example or two. When
# you hand in, the same functions are called with other files and other numbers, so a ✓ is a good sign and no more. Cells that begin with `@when_solved` are no questions: they draw what your code does, as soon as it does
# something.
#
# Three rules hold wherever a question does not say otherwise. A function changes nothing: not what it is given, no file, not
# PyTorch's settings, and it does not draw from or seed the random generator that all share. The tensors that it is given need
# not be contiguous, and are empty only where that is said. Whether its result shares memory with them is yours to choose, unless a
# "new" tensor is asked for. "Any dtype" and "floating point" mean what they meant in the first notebook.

# %%
import csv
import inspect
import re
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from urllib.request import urlretrieve

import matplotlib.pyplot as plt
import numpy as np
import torch
from PIL import Image
from torch import nn
from torch.utils.data import (
    ConcatDataset,
    DataLoader,
    Dataset,
    IterableDataset,
    Subset,
    WeightedRandomSampler,
)
from torchvision import datasets
from torchvision.transforms import v2
from torchvision.utils import make_grid

from grader import beside, check, when_solved

# A notebook shows and closes each figure; a plain program would warn.
plt.rcParams["figure.max_open_warning"] = 0

# True: download the originals (200 MB in all) into the folder `real`; needs a network.
USE_REAL_DATA = False

ORIGINALS = {
    "wine.csv": "https://archive.ics.uci.edu/ml/machine-learning-databases/wine-quality/"
    "winequality-white.csv",
    "rides.csv": "https://raw.githubusercontent.com/deep-learning-with-pytorch/dlwpt-code/master/"
    "data/p1ch4/bike-sharing-dataset/hour-fixed.csv",
    "novel.txt": "https://www.gutenberg.org/cache/epub/1342/pg1342.txt",
}


def data_file(name: str) -> Path:
    """Where a file of this course lies, or its original, which is downloaded once."""
    if not USE_REAL_DATA:
        return Path("data", name)
    path = Path("real", name)
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        urlretrieve(ORIGINALS[name], path)
    return path


def enlarged(picture: torch.Tensor, times: int) -> Image.Image:
    """A picture (C, H, W) for looking at, each pixel as a square."""
    image: Image.Image = v2.functional.to_pil_image(picture)
    return image.resize((times * image.width, times * image.height), Image.Resampling.NEAREST)


# %% [markdown]
# # Part 1 · Pictures, volumes, tables and time series
#
# ## Pictures
#
# Much of this course is about clothes. **Fashion-MNIST** is 70,000 grey pictures of 28×28 pixels, 60,000 to train with
# and 10,000 to test with, in ten classes. It was made to replace the handwritten digits of MNIST, which had become too
# easy, and keeps their format: same sizes, same files. The makers took product photographs from a shop and converted
# them in seven steps: to PNG, trim the border, resize the longer side to 28, sharpen, extend to a square, negate, turn
# grey. Whoever uses a data set should know such a history. All of these pictures show single garments, flat, lit by a
# professional, from one shop's range; a network that has seen nothing else knows nothing about creased shirts on people.
#
# Our miniature has the same ten classes and the same files, with 60 + 10 drawn pictures per class. `datasets` reads it as
# it would read the original. Where there is a network, set `USE_REAL_DATA` above to compare: the switch also gives you the
# real wines, the real bicycles and the whole novel further down. (The numbers that this text tells of wines, bicycles and
# words are those of the small files.) What you write is graded with other data either way.

# %%
garments = datasets.FashionMNIST("real" if USE_REAL_DATA else "data", train=True, download=USE_REAL_DATA)
by_class = sorted(range(300), key=lambda i: garments[i][1])
sheet = make_grid(torch.stack([v2.functional.to_image(garments[i][0]) for i in by_class[::5]]), nrow=20)
print(tuple(sheet.shape), ", ".join(garments.classes))
enlarged(sheet, 2)

# %% [markdown]
# One **sample** is a pair: a picture and its label. The label is an ordinary Python int, the place of the name in the list
# of classes. The picture is a PIL image, whose `size` is (width, height), until somebody makes it a tensor.

# %%
picture, label = garments[0]
pixels = np.asarray(picture)
print(type(picture).__name__, picture.size)
print("as an array:", pixels.shape, pixels.dtype, "up to", pixels.max())
print("label:", label, type(label).__name__, "=", garments.classes[label])

# %% [markdown]
# `Image.open(path)` makes such an image of a file (in a `with` block the file is closed again, which matters when there are
# thousands), and `np.array(image)` an array of the image: for a colour picture of
# shape (height, width, channel) and `uint8`, 0 to 255. The channels are red, green and blue; some files have a fourth,
# *alpha*, which says how opaque a pixel is. PyTorch wants the channel in front:
#
# ![The numbers of a 2 by 2 picture, pixel by pixel and channel by channel](figures/layouts.svg)
#
# `torch.from_numpy` and `permute` copy nothing. So a pixel that you change in the permuted tensor has changed in the array
# as well. That is a nuisance if somebody else still needs the array, and welcome if you are about to copy anyway: to
# gather many pictures in one batch, make the batch first, all zeros, and write one picture after the other into it.
# Values that are written into a tensor take on *its* dtype: a `uint8` batch would cut 0.7 down to 0.


# %% question="load_batch"
def load_batch(paths: list[str]) -> torch.Tensor:
    """Picture files as one batch.

    Args:
        paths: at least one PNG file, all of one size (not necessarily square), 8 bits per channel; some
            RGB, some RGBA.

    Returns:
        uint8, shape (N, 3, H, W), in the order of the paths: red, green and blue as stored, without
        alpha.
    """
    # BEGIN SOLUTION
    pictures = []
    for path in paths:
        with Image.open(path) as image:
            pictures.append(torch.from_numpy(np.array(image)))
    height, width = pictures[0].shape[:2]
    batch = torch.zeros(len(pictures), 3, height, width, dtype=torch.uint8)
    for i, picture in enumerate(pictures):
        batch[i] = picture.permute(2, 0, 1)[:3]
    return batch
    # END SOLUTION


check("load_batch")

# %% [markdown]
# In `data/images` lie a tomato, a leaf and a mug, all of one size (and a meadow, for later). One is red, one green, one
# blue: `enlarged(make_grid(load_batch([...])), 3)` shows them. How would a program know? The mean over all values tells how bright a picture is; the mean over each channel alone
# tells which colour prevails. Averages need floating point, and the axes that you name in `mean` are those that disappear.


# %% question="dominant_channel"
def brightness(image: torch.Tensor) -> float:
    """The mean of all values of a picture, as a Python float.

    Args:
        image: shape (3, H, W), uint8 or float32.
    """
    # BEGIN SOLUTION
    return image.float().mean().item()
    # END SOLUTION


def dominant_channel(image: torch.Tensor) -> str:
    """The channel with the largest mean: "red", "green" or "blue".

    Args:
        image: shape (3, H, W) in this order of channels, uint8 or float32; perhaps cut out of a larger
            picture. No two channels have the same mean, or nearly so.
    """
    # BEGIN SOLUTION
    means = image.float().mean(dim=(1, 2))
    return ("red", "green", "blue")[int(means.argmax())]
    # END SOLUTION


check("dominant_channel")

# %% [markdown]
# The three things, and the means of their channels. *What to look for:* the longest bar under a picture is the colour that your
# function names above it. (Why is the tomato's red so far below 255? A mean counts the background as well.)


# %%
@when_solved
def colours() -> None:
    names = ["tomato", "leaf", "mug"]
    _, axes = plt.subplots(2, 3, figsize=(6, 3.2), height_ratios=[2, 1], sharey="row")
    batch = load_batch([f"data/images/{name}.png" for name in names])
    for (above, below), name, image in zip(axes.T, names, batch, strict=True):
        above.imshow(image.permute(1, 2, 0).numpy())
        above.set(title=f"{name}: {dominant_channel(image)}", xticks=[], yticks=[])
        levels = [plane.double().mean().item() for plane in image]
        below.bar(["red", "green", "blue"], levels, color=["tab:red", "tab:green", "tab:blue"])


# %% [markdown]
# Networks like small numbers, so 0…255 becomes 0…1. The divisor belongs to the *format*: the brightest value that 8 bits
# can hold is 255. Do not divide by the brightest pixel of the picture at hand; a photograph of the night would become day.
# And a picture that holds floating-point numbers already is in the range that its maker wanted. `ToTensor`, the classic of
# torchvision, treats bytes and floats just so (except that it leaves `float64` what it is). Write it yourself, for networks
# that compute in `float32`.


# %% question="to_tensor"
def to_tensor(array: np.ndarray) -> torch.Tensor:
    """An array with a picture as a tensor for a network.

    Args:
        array: shape (H, W, C), or (H, W) for a grey picture; uint8, or float16, float32 or float64 of any
            range. (No axis runs backwards in memory, as it does after `array[::-1]`: PyTorch has no such
            tensors.)

    Returns:
        float32, shape (C, H, W), with C = 1 for a grey picture. uint8 values are divided by 255,
        floating-point values stay what they are. The tensor owns its numbers: writing into it never
        reaches the array.
    """
    # BEGIN SOLUTION
    t = torch.tensor(array)
    t = t.unsqueeze(0) if t.ndim == 2 else t.permute(2, 0, 1)
    return t.float() / 255 if t.dtype is torch.uint8 else t.float()
    # END SOLUTION


check("to_tensor")

# %% [markdown]
# Layouts have names made of their axes. PyTorch computes on **NCHW** (batch, channel, height, width); TensorFlow prefers
# **NHWC**; some old code uses **CHWN**. A film adds time, T: cameras deliver frames, **THWC**, and video networks want
# **CTHW**. One function serves them all, if it works out the order of the axes from the letters.


# %% question="convert_layout"
def convert_layout(t: torch.Tensor, have: str, want: str) -> torch.Tensor:
    """A tensor with its axes in another order.

    Args:
        t: of any dtype, one axis per letter of `have`.
        have: the layout it has, such as "NHWC" or "THWC"; no letter twice.
        want: the layout that is wanted, such as "NCHW" or "CTHW"; no letter twice.

    Returns:
        The same numbers, sharing the memory of `t`; the axis that `have` calls C is where `want` has its
        C, and so on.

    Raises:
        ValueError: when the two do not consist of the same letters.
    """
    # BEGIN SOLUTION
    if sorted(have) != sorted(want):
        raise ValueError(f"{have} and {want} name different axes")
    return t.permute([have.index(axis) for axis in want])
    # END SOLUTION


check("convert_layout")

# %% [markdown]
# Why not `reshape(3, 100, 150)`, whose result has the same shape? Say first what the strides will tell. (A prediction earns its point for
# being made; the cell after it shows what came.)


# %% question="guess_layout"
def guess_layout() -> dict[str, tuple[int, ...]]:
    """What `stride()` of three tensors will say, each a tuple of three whole numbers.

    Under "photo", that of a photograph as it comes from a file, of shape (100, 150, 3); under "permuted",
    that of `convert_layout(photo, "HWC", "CHW")`; under "reshaped", that of `photo.reshape(3, 100, 150)`.
    """
    # BEGIN SOLUTION
    return {"photo": (450, 3, 1), "permuted": (1, 450, 3), "reshaped": (15000, 150, 1)}
    # END SOLUTION


check("guess_layout")

# %% [markdown]
# `reshape` leaves the numbers in the order in which they lie in memory and counts them off anew. *What to look for:* on the left the red
# channel, as you cut it out of the photograph of a cat; on the right what `reshape` calls channel 0, the first third of all numbers,
# colours and rows all mixed. Nothing was reported.


# %%
@when_solved
def permuted_and_reshaped() -> None:
    guessed = guess_layout()
    photo = torch.from_numpy(np.array(Image.open("data/photographs/cat.png")))
    shapes = {
        "photo": photo,
        "permuted": convert_layout(photo, "HWC", "CHW"),
        "reshaped": photo.reshape(3, 100, 150),
    }
    beside(guessed, {name: picture.stride() for name, picture in shapes.items()})
    _, axes = plt.subplots(1, 2, figsize=(7, 2.4))
    for axis, name in zip(axes, ("permuted", "reshaped"), strict=True):
        axis.imshow(shapes[name][0].numpy(), cmap="gray")
        axis.set(title=name, xticks=[], yticks=[])


# %% [markdown]
# The simplest networks take no axes at all: to them a 3×32×32 picture is a vector of 3072 numbers (and *one* picture is a
# batch of one vector, `picture.view(-1).unsqueeze(0)`). The pixel in row 5, column 16 of a channel that is 32 wide lands
# at place 5 · 32 + 16; `divmod` goes back. What gets lost is who is whose neighbour: the pixel just below is 32 places away.

# %%
width = 32
print("row 5, column 16 ->", 5 * width + 16, "| place 208 ->", divmod(208, width), "the pixel below")

# %% [markdown]
# Next, every channel gets mean 0 and standard deviation 1. One set of statistics serves the whole **data set**: the mean
# of channel c is taken over all training pictures and all their pixels. Statistics of each picture alone would make the
# night as bright as the day again. And standard deviations do not average: pictures that are each of one flat colour have
# a spread of 0 one by one, and a large one together.
#
# `normalise` gets the statistics as arguments. Test pictures, and those that arrive next year, are normalised with the
# numbers of the *training* set, since the network learnt to read that scale. To line up with (N, C, H, W), a vector of C
# numbers must look like (C, 1, 1). Beware of pictures that are C pixels wide, where a vector fits without that, wrongly.


# %% question="channel_stats"
def channel_stats(batch: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The statistics of each channel over all pictures and pixels.

    Args:
        batch: floating point, shape (N, C, H, W).

    Returns:
        (mean, std), both of the batch's dtype and shape (C,); std divides by n - 1, which is PyTorch's
        default.
    """
    # BEGIN SOLUTION
    return batch.mean(dim=(0, 2, 3)), batch.std(dim=(0, 2, 3))
    # END SOLUTION


def normalise(images: torch.Tensor, mean: torch.Tensor, std: torch.Tensor) -> torch.Tensor:
    """Pictures with `mean` subtracted from each channel and divided by `std`.

    Args:
        images: floating point, shape (N, C, H, W) or (C, H, W); must stay as they are.
        mean, std: of the same dtype, shape (C,); not necessarily the statistics of these pictures.

    Returns:
        A new tensor of the same shape and dtype.
    """
    # BEGIN SOLUTION
    return (images - mean[:, None, None]) / std[:, None, None]
    # END SOLUTION


check("channel_stats")

# %% [markdown]
# A normalised picture cannot be looked at: half of it is negative. `plt.imshow` wants an array (H, W, 3), or (H, W) for a
# grey one, of floats from 0 to 1. So go all the way back: undo the scaling in the reverse order, force the result into
# 0…1, move the channel to the end. With mean and std of ½ this also shows what networks produce that *paint* pictures;
# their last layer gives −1…1, and the way back is the familiar (x + 1) / 2.
#
# (`make_grid` above did something similar: it laid 28×28 pictures side by side with a frame of two pixels, and gave the grey
# ones three equal channels. Ten pictures in one row of `nrow=10` are a tensor of shape (3, 32, 302).)


# %% question="for_imshow"
def for_imshow(image: torch.Tensor, mean: torch.Tensor, std: torch.Tensor) -> np.ndarray:
    """A normalised picture as an array that can be shown.

    Args:
        image: float32, shape (C, H, W) with C = 1 or 3, normalised with `mean` and `std`; must stay as it
            is.
        mean, std: float32, shape (C,).

    Returns:
        A new float32 NumPy array: the values before the normalisation, limited to 0…1, of shape
        (H, W, 3), or (H, W) when C is 1.
    """
    # BEGIN SOLUTION
    unit = (image * std[:, None, None] + mean[:, None, None]).clamp(0, 1)
    return (unit[0] if len(unit) == 1 else unit.permute(1, 2, 0)).numpy()
    # END SOLUTION


check("for_imshow")

# %% [markdown]
# *What to look for:* the first and the last of these pictures are the same, since your way back undoes your way there. In the middle
# is the normalised one, merely limited to 0…1: all that is darker than the average has become black.


# %%
@when_solved
def there_and_back() -> None:
    photo = to_tensor(np.array(Image.open("data/images/meadow.png").convert("RGB")))
    mean, std = channel_stats(photo.unsqueeze(0))
    scaled = normalise(photo, mean, std)
    _, axes = plt.subplots(1, 3, figsize=(9, 2))
    shown = {
        "before": photo.permute(1, 2, 0),
        f"normalised, {scaled.min():.1f} to {scaled.max():.1f}": scaled.clamp(0, 1).permute(1, 2, 0),
        "and back": for_imshow(scaled, mean, std),
    }
    for axis, (name, picture) in zip(axes, shown.items(), strict=True):
        axis.imshow(picture)
        axis.set(title=name, xticks=[], yticks=[])


# %% [markdown]
# ## Volumes and sound
#
# A CT scanner delivers a body in slices: grey pictures, one per file, and in the header of each file the *position* of the
# slice along the body in millimetres. The files are in no order that their names would tell. A volume is the slices in the
# order of their positions, with one channel: (C, D, H, W), where D is depth. A batch of volumes has five axes.
#
# Our scans are PNG files, which have a header, too. PIL gives it as a dict of strings:

# %%
scan = Image.open(sorted(Path("data/slices").glob("*.png"))[0])
print(scan.info, scan.size, scan.mode)
enlarged(v2.functional.to_image(scan), 4)

# %% [markdown]
# Mind the strings. As text, `"-12.5"` comes before `"-47.5"`, and `"7.5"` after `"12.5"`.


# %% question="load_volume"
def load_volume(folder: str) -> torch.Tensor:
    """A volume from a folder of slices.

    Args:
        folder: holds at least one slice: a file whose name ends in ".png", an 8-bit grey picture, all of
            one size (H, W), each with its position, such as "-12.5", in its header under "position"; no
            two are equal. Files with other names do not count.

    Returns:
        float32, shape (1, D, H, W), with the grey values 0…255, in the order of ascending positions.
    """
    # BEGIN SOLUTION
    slices = []
    for path in Path(folder).glob("*.png"):
        with Image.open(path) as picture:
            slices.append((float(picture.info["position"]), torch.from_numpy(np.array(picture)).float()))
    slices.sort(key=lambda pair: pair[0])
    return torch.stack([grey for _, grey in slices]).unsqueeze(0)
    # END SOLUTION


def batch_volumes(volumes: list[torch.Tensor]) -> torch.Tensor:
    """Volumes as one batch.

    Args:
        volumes: at least one, all of one shape (C, D, H, W) and one dtype, whichever it is.

    Returns:
        Shape (N, C, D, H, W), of this dtype, in their order.
    """
    # BEGIN SOLUTION
    return torch.stack(volumes)
    # END SOLUTION


check("load_volume")

# %% [markdown]
# Five slices of the head from bottom to top, and last a cut that no scanner has taken: one column of each slice, all slices on top
# of each other. *What to look for:* the cut is a smooth outline. With the slices in the order of their names it would be torn.


# %%
@when_solved
def slices_and_a_cut() -> None:
    volume = load_volume("data/slices")[0]
    _, axes = plt.subplots(1, 6, figsize=(9, 1.7))
    for axis, depth in zip(axes, range(1, 20, 4), strict=False):
        axis.imshow(volume[depth].numpy(), cmap="gray")
        axis.set(title=f"slice {depth}", xticks=[], yticks=[])
    axes[5].imshow(volume[:, :, 24].flip(0).numpy(), cmap="gray", aspect="auto")
    axes[5].set(title="across", xticks=[], yticks=[])


# %% [markdown]
# Sound is a series of air pressures, thousands per second, in one channel or two: (T,) or (C, T). Networks usually listen
# to short **windows** of it that overlap, so that nothing important is always cut in two.
#
# ![Eleven samples, and three windows of four samples, each three further on](figures/windows.svg)
#
# `t.unfold(dim, size, step)` lays such windows over an axis. The windows come in the place of that axis, the samples of
# each window become a new last axis.


# %% question="windows"
def windows(wave: torch.Tensor, size: int, step: int) -> torch.Tensor:
    """Overlapping windows of a sound.

    Args:
        wave: shape (T,) or (C, T), with T >= size; of any dtype, int16 for instance, in which sound files
            are stored.
        size: samples in a window, at least 1.
        step: how many samples later the next window begins, at least 1.

    Returns:
        Shape (W, size) or (C, W, size), of the dtype of the sound: window w holds the samples from w·step
        on. Only whole windows count; samples at the end that do not fill one are left out.
    """
    # BEGIN SOLUTION
    return wave.unfold(-1, size, step)
    # END SOLUTION


check("windows")

# %% [markdown]
# A tone that fades, and your windows of it, each drawn at its own height. *What to look for:* every window begins in the middle of
# the one before it; the last samples, which do not fill a window, are in none.


# %%
@when_solved
def overlapping() -> None:
    time = torch.arange(61)
    tone = torch.sin(time / 2) * torch.exp(-time / 40)
    _, axes = plt.subplots(figsize=(8, 2.4))
    axes.plot(time.numpy(), tone.numpy(), "k.-", linewidth=1)
    for number, window in enumerate(windows(tone, 16, 8)):
        axes.plot(range(8 * number, 8 * number + 16), (window - 2 - 0.8 * number).numpy())
    _ = axes.set(xlabel="sample", yticks=[])


# %% [markdown]
# ## Tables
#
# Most of the world's data are tables: one row per sample, one column per measurement. `data/wine.csv` has 400 white wines,
# eleven measurements of each and, in the last column, the score that tasters gave. Look at the beginning of a file before
# you load it.

# %%
print(data_file("wine.csv").read_text(encoding="utf-8")[:360])
with data_file("wine.csv").open(encoding="utf-8", newline="") as file:
    wines = list(csv.DictReader(file, delimiter=";"))
alcohol, score = ([float(wine[name]) for wine in wines] for name in ("alcohol", "quality"))
figure, axes = plt.subplots(figsize=(5, 2.2))
axes.scatter(alcohol, score, s=9, alpha=0.3)
_ = axes.set(xlabel="alcohol in %", ylabel="score")

# %% [markdown]
# (Each dot is a wine. Stronger ones have better scores, on average and by no means always. There is something to be learnt here, and
# it will take more than one column.)
#
# Three things to see in the text: the values are separated by semicolons, the first line holds names, and the names are in quotes.
# `np.loadtxt` reads the numbers, if you tell it the delimiter and how many lines to skip; it computes in `float64` unless
# you name another dtype. `csv.reader` reads the names and understands the quotes.


# %% question="load_table"
def load_table(path: str, delimiter: str) -> tuple[list[str], torch.Tensor]:
    """A text file with numbers as names and a tensor.

    Args:
        path: a text file in UTF-8 whose first line holds the names of the columns, in double quotes or
            not (a name in quotes may contain the delimiter, and no quote), and whose other lines, at
            least one, hold plain numbers and nothing else. The last line may lack its line break.
        delimiter: the character between two values.

    Returns:
        (names, numbers): the names, a list, without quotes; the numbers, float32, of shape
        (rows, columns), also when there is a single row or a single column.
    """
    # BEGIN SOLUTION
    with Path(path).open(encoding="utf-8", newline="") as file:
        names = next(csv.reader(file, delimiter=delimiter))
    numbers = np.loadtxt(path, dtype=np.float32, delimiter=delimiter, skiprows=1, ndmin=2)
    return names, torch.from_numpy(numbers)
    # END SOLUTION


check("load_table")

# %% [markdown]
# The score is what a network should predict, so it must not be among the inputs. As a class it has to be an `int64`
# vector, one number per sample. *What to look for:* the shapes. `[:, -1]` takes the axis of the columns away, `[:, -1:]`, with a
# slice, would keep it.

# %%
wine_table = torch.tensor([[float(number) for number in wine.values()] for wine in wines])
wine_inputs, wine_scores = wine_table[:, :-1], wine_table[:, -1].long()
print("table: ", tuple(wine_table.shape), wine_table.dtype)
print("inputs:", tuple(wine_inputs.shape), wine_inputs.dtype)
print("target:", tuple(wine_scores.shape), wine_scores.dtype, "it begins", wine_scores[:6].tolist())
print("target, cut out by a slice:", tuple(wine_table[:, -1:].shape))

# %% [markdown]
# What kind of number is a score? There are three kinds, and they want different treatment:
#
# | | example | one may | as input |
# |---|---|---|---|
# | **continuous** | alcohol, temperature | subtract, average | the number, rescaled |
# | **ordinal** | small, medium, large | compare | its level, or a *thermometer* |
# | **categorical** | red, white, rosé | tell apart | *one-hot* |
#
# A small coffee of 8 ounces and a large one of 24 average to 16 ounces, but "small" and "large", coded 0 and 2, do not
# average to "medium" in any useful sense: medium has 12. The code is a name, not an amount. Names in words become such
# codes first, by a dict. The wine's score can be read in all three ways: as a number if one trusts the tasters' scale, as
# ordered levels, or as mere labels. It is your decision, and it should be one.
#
# **One-hot** gives each code a slot of its own; no code is bigger than another. **Thermometer** fills all slots up to the
# code, so that neighbours look alike and the order survives.
#
# ![The codes 2, 0 and 3 as one-hot rows and as thermometer rows](figures/codes.svg)
#
# `scatter_(dim, index, value)` is the tool for one-hot: along `dim`, it writes `value` at the places that `index` names.
# The index must have as many axes as the tensor (so `unsqueeze` it) and be `int64`; the underscore says that it writes in
# place. The width is fixed by *you*. A batch without the top class must not come out narrower than the others.


# %% question="one_hot"
def one_hot(codes: torch.Tensor, n: int) -> torch.Tensor:
    """One row per code, with a 1 in the slot of that code and 0 elsewhere.

    Args:
        codes: int64, shape (N,), each from 0 (not 1) to n - 1; not every one need occur. Must stay as
            they are.
        n: how many slots.

    Returns:
        float32, shape (N, n).
    """
    # BEGIN SOLUTION
    return torch.zeros(len(codes), n).scatter_(1, codes.unsqueeze(1), 1.0)
    # END SOLUTION


def thermometer(codes: torch.Tensor, n: int) -> torch.Tensor:
    """One row per code, with a 1 in the slots 0 to code, itself included, and 0 above.

    Args:
        codes, n: as above.

    Returns:
        float32, shape (N, n).
    """
    # BEGIN SOLUTION
    return (torch.arange(n) <= codes.unsqueeze(1)).float()
    # END SOLUTION


check("one_hot")

# %% [markdown]
# The codes 2, 0, 3, 1 and 3 in both codings, a white square for each 1. *What to look for:* which rows have most squares in
# common? In one-hot form any two different codes differ in two places; as thermometers, 2 and 3 are nearer than 0 and 3.


# %%
@when_solved
def codings() -> None:
    codes = torch.tensor([2, 0, 3, 1, 3])
    _, axes = plt.subplots(1, 2, figsize=(5, 2.2))
    for axis, table, name in zip(
        axes, (one_hot(codes, 4), thermometer(codes, 4)), ("one-hot", "thermometer"), strict=True
    ):
        axis.pcolormesh(table.numpy(), cmap="gray", edgecolors="tab:blue", vmin=0, vmax=1)
        axis.set(
            title=name,
            xlabel="slot",
            xticks=[],
            yticks=[y + 0.5 for y in range(5)],
            yticklabels=codes.tolist(),
        )
        axis.invert_yaxis()


# %% [markdown]
# Columns have scales of their own: sulphur dioxide is around 140, chlorides around 0.05. Each is therefore standardised,
# `(x - mean) / std`, with the mean and the standard deviation of *its column*. (Of the variance you would still have to
# take the root.) Two things go wrong in practice.
#
# **Leakage.** The statistics are part of what is learnt from data. If the test rows help to fix them, the test knows
# something about itself that no future sample will. Fit on the training rows, apply to both.
#
# **Constant columns.** A column that never changes has a spread of 0, and 0/0 is NaN, which soon is everywhere. Such a
# column is only centred. Do not look for a spread of exactly 0 to find it: ten rows of 138.7 in `float32` may come out with a
# spread of 0.000016, by rounding, and what is divided by that is enormous. Look whether all rows have the same number.


# %% question="standardise_columns"
def standardise_columns(train: torch.Tensor, test: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Two tables on the scale of the first.

    Args:
        train: floating point, shape (N, F), N >= 2; must stay as it is.
        test: same dtype, shape (M, F), M >= 1; must stay as it is.

    Returns:
        (train, test), of that dtype, with the column's mean over `train` subtracted and divided by the
        column's standard deviation over `train` (n - 1, the default). Columns that hold one and the same
        number in all rows of `train` are centred, up to rounding, and not divided, in both tables; all
        others are divided, however small their spread, be it a millionth.
    """
    # BEGIN SOLUTION
    mean, std = train.mean(dim=0), train.std(dim=0)
    std = torch.where((train == train[0]).all(dim=0), 1.0, std)
    return (train - mean) / std, (test - mean) / std
    # END SOLUTION


check("standardise_columns")

# %% [markdown]
# The eleven measurements of 300 wines, before and after. Each bar holds the middle half of a column. *What to look for:* on the
# left the bars of column 5 and, above all, of column 6 are long, and the others are thin or too flat to be seen; a network that
# adds the columns up would hear those two and hardly anything else. On the right no bar is twice as long as another. (The
# shortest is that of sugar: a few very sweet wines make its standard deviation large, while most wines are much alike.)


# %%
@when_solved
def before_and_after() -> None:
    _, table = load_table(str(data_file("wine.csv")), ";")
    train, test = table[:300, :-1], table[300:, :-1]
    _, axes = plt.subplots(1, 2, figsize=(9, 2.2))
    for axis, rows, name in zip(
        axes, (train, standardise_columns(train, test)[0]), ("as measured", "standardised"), strict=True
    ):
        lower, upper = rows.quantile(torch.tensor([0.25, 0.75]), dim=0)
        axis.vlines(range(11), lower.numpy(), upper.numpy(), linewidth=9)
        axis.set(title=name, xlabel="column")


# %% [markdown]
# Before one trains anything one looks. A comparison gives a mask, and a mask selects rows: `inputs[quality <= 3]` are the
# bad wines. Three masks make three groups; see to it that every row belongs to exactly one. Part inputs and target first: the mean
# of the score over the good wines is no news.


# %% question="group_means"
def group_means(table: torch.Tensor, low: int, high: int) -> torch.Tensor:
    """What bad, middling and good samples measure on average.

    Args:
        table: float32, shape (N, F + 1), F at least 1: F measurements and, in the last column, the
            quality, a whole number, perhaps 0 or negative.
        low, high: bad is quality <= low, good is quality >= high, middling is what lies between; low <
            high. No group is empty.

    Returns:
        float32, shape (3, F): the means of each measurement over the bad, the middling and the good rows.
        The quality is not among them.
    """
    # BEGIN SOLUTION
    inputs, quality = table[:, :-1], table[:, -1]
    groups = (quality <= low, (quality > low) & (quality < high), quality >= high)
    return torch.stack([inputs[group].mean(dim=0) for group in groups])
    # END SOLUTION


check("group_means")

# %% [markdown]
# Try it on the wines with 3 and 7: total sulphur dioxide falls from 167.5 through 143.9 to 120.2. That makes a classifier, if a
# crude one. Say that a wine is *worth buying* if its score is above 5, and predict that wherever its sulphur dioxide is below
# 143.9. How well does it do? Two numbers, because there are two ways to be wrong:
#
# * **precision**: of those predicted, which share is worth buying,
# * **recall**: of those worth buying, which share was predicted.
#
# The rule predicts 217 wines. 252 are worth buying. 155 are both: precision 0.714, recall 0.615. Whoever predicts all wines
# has recall 1; whoever predicts a single safe one has precision 1. One needs both.


# %% question="precision_recall"
def precision_recall(predicted: torch.Tensor, actual: torch.Tensor) -> tuple[float, float]:
    """How good yes-or-no predictions are.

    Args:
        predicted, actual: bool, shape (N,).

    Returns:
        (precision, recall), two Python floats, as exact as `float32` or better. Where nothing is
        predicted, precision is 0.0; where there is nothing to find, recall is 0.0.
    """
    # BEGIN SOLUTION
    both, claimed, present = (int(mask.sum()) for mask in (predicted & actual, predicted, actual))
    return (both / claimed if claimed else 0.0, both / present if present else 0.0)
    # END SOLUTION


check("precision_recall")

# %% [markdown]
# The rule "worth buying below this limit", for many limits. *What to look for:* a strict limit finds few of these wines, a generous
# one all of them. Precision ends at their share in the whole table, which is what one gets for predicting everything. Which
# limit is best? That depends on which error is dearer, and no formula knows.


# %%
@when_solved
def limits() -> None:
    _, table = load_table(str(data_file("wine.csv")), ";")
    sulphur, worth_it = table[:, 6], table[:, -1] > 5
    tried = torch.arange(70, 241, 5)
    shares = [precision_recall(sulphur < limit, worth_it) for limit in tried]
    _, axes = plt.subplots(figsize=(5, 2.4))
    axes.plot(tried.numpy(), shares, label=["precision", "recall"])
    axes.axvline(143.9, color="gray", linestyle=":")
    axes.legend()
    _ = axes.set(xlabel="predicted below this total sulphur dioxide", ylim=(0, 1.05))


# %% [markdown]
# ## Time series
#
# `data/rides.csv` counts the rentals of a bicycle scheme hour by hour, over eight weeks. Rows are no longer independent
# samples: they have an order, and a rhythm of 24.

# %%
with data_file("rides.csv").open(encoding="utf-8", newline="") as file:
    counts = [int(row["cnt"]) for row in csv.DictReader(file)]
figure, axes = plt.subplots(figsize=(9, 2))
axes.plot(counts[: 14 * 24])
axes.set_xticks(range(0, 15 * 24, 24), [str(day) for day in range(15)])
_ = axes.set(xlabel="days", ylabel="rides per hour")

# %% [markdown]
# (The first day is a Saturday. You can see who commutes.) The seventeen columns are
#
# | | | | | | |
# |---|---|---|---|---|---|
# | 0 instant | 1 **date** | 2 season | 3 year | 4 month | 5 hour |
# | 6 holiday | 7 weekday | 8 working day | 9 weather, 1…4 | 10 temperature | 11 felt temperature |
# | 12 humidity | 13 wind | 14 casual | 15 registered | 16 count | |
#
# All are numbers except the date, `2025-03-01`. A **converter** turns such a text into a number while the file is read:
# `np.loadtxt(..., converters={1: f})` calls `f` with the text of column 1, a str, wherever it meets one. We keep the day of
# the month, the last two of the ten characters; the other parts are in columns of their own.


# %% question="load_rides"
def load_rides(path: str) -> torch.Tensor:
    """The table of hourly rentals.

    Args:
        path: a comma-separated file with one line of names and at least two rows in the columns above,
            the date as YYYY-MM-DD.

    Returns:
        float32, shape (rows, 17), with the day of the month in column 1.
    """
    # BEGIN SOLUTION
    numbers = np.loadtxt(
        path, dtype=np.float32, delimiter=",", skiprows=1, converters={1: lambda day: float(day[8:10])}
    )
    return torch.from_numpy(numbers)
    # END SOLUTION


check("load_rides")

# %% [markdown]
# To learn the course of a day, a network needs days as samples: N days, C channels, L hours. For 1-D convolutions the
# hours come last, so that each measurement is a sequence of its own.
#
# ![A long table is cut into days; then hours and columns change places](figures/days.svg)
#
# It takes two steps, and neither copies a number. `view(-1, 24, 17)` cuts the table into days, *because* its rows are in
# the order of time. Then two axes change places. With 1344 rows the strides go from (17, 1) to (408, 17, 1) to
# (408, 1, 17). The shortcut `view(-1, 17, 24)` has the right shape and is rubbish: it deals numbers of all columns out to
# every channel. (For weeks instead of days, put 168 in the place of 24.)


# %% question="to_days"
def to_days(table: torch.Tensor, hours: int = 24) -> torch.Tensor:
    """An hourly table as days.

    Args:
        table: of any dtype, contiguous, shape (rows, C), at least one row, one row per hour, in the order
            of time.
        hours: how many rows make a day, at least 1.

    Returns:
        Shape (days, C, hours), sharing the memory of `table`: element [d, c, h] is
        table[d · hours + h, c].

    Raises:
        ValueError: when the rows do not make whole days.
    """
    # BEGIN SOLUTION
    if len(table) % hours:
        raise ValueError(f"{len(table)} rows are not whole days of {hours}")
    return table.view(-1, hours, table.shape[1]).transpose(1, 2)
    # END SOLUTION


check("to_days")

# %% [markdown]
# Your days from above: one row per day, one column per hour, the brighter, the more rides. *What to look for:* on the left five
# days in seven have two bright stripes, the way to work and back. On the right is the shortcut `view(-1, 3, 24)`, of the same
# shape: temperature, humidity and rides took turns in each row.


# %%
@when_solved
def rhythm() -> None:
    with data_file("rides.csv").open(encoding="utf-8", newline="") as file:
        rows = [[float(row[name]) for name in ("temp", "hum", "cnt")] for row in csv.DictReader(file)]
    table = torch.tensor(rows[: 56 * 24])
    _, axes = plt.subplots(1, 2, figsize=(8, 3))
    for axis, days, name in zip(
        axes, (to_days(table), table.view(-1, 3, 24)), ("to_days", "the shortcut"), strict=True
    ):
        axis.imshow(days[:, 2].numpy(), aspect="auto")
        axis.set(title=name, xlabel="hour")
    axes[0].set(ylabel="day")


# %% [markdown]
# The weather is a code from 1 (clear) to 4 (storm): categories, for which one-hot is right. In a single day, (24, 17),
# that is a table of 24 × 4 with one 1 per row, glued to the others along the columns:

# %%
codes_of_a_day = torch.tensor([1, 1, 2, 4])  # four hours will do
extra_columns = torch.zeros(4, 4)
extra_columns.scatter_(1, codes_of_a_day.unsqueeze(1) - 1, 1.0)  # codes count from 1, slots from 0
print(torch.cat((torch.rand(4, 2), extra_columns), dim=1))

# %% [markdown]
# With all the days at once, (N, C, L), the new slots are *channels*: axis 1 is the one to scatter along, and the one to
# glue along. The codes then have the shape (N, L) and need a dummy axis in the middle.


# %% question="append_one_hot"
def append_one_hot(days: torch.Tensor, channel: int, n: int) -> torch.Tensor:
    """Days with one of their channels appended in one-hot form.

    Args:
        days: float32, shape (N, C, L).
        channel: which channel holds codes from 1 (not 0, as in `one_hot`) to n.
        n: how many codes there are; not every one need occur.

    Returns:
        float32, shape (N, C + n, L): first the C channels as they were, then n channels of 0 and 1; code
        k has its 1 in channel C + k - 1.
    """
    # BEGIN SOLUTION
    codes = days[:, channel].long().unsqueeze(1)
    slots = torch.zeros(days.shape[0], n, days.shape[2]).scatter_(1, codes - 1, 1.0)
    return torch.cat((days, slots), dim=1)
    # END SOLUTION


check("append_one_hot")

# %% [markdown]
# One may also take the weather for ordinal, since 4 is worse than 3: then its levels 1…4 are mapped onto 0…1 evenly, by
# `(w - 1) / 3`, whether or not a storm occurs in the data. Continuous channels have two usual scales: **min-max** maps the
# smallest value to 0 and the largest to 1; the **z-score** is your standardisation (if the values are normally
# distributed, 68 % of them end up between −1 and 1). Smallest, largest, mean and spread are those of the channel over
# *all* days. Scaled day by day, every day would range from 0 to 1, and a hot day would look like a cold one.


# %% question="rescale"
def rescale(days: torch.Tensor, channel: int, how: str, levels: int = 4) -> torch.Tensor:
    """Days with one channel on another scale.

    Args:
        days: float32, shape (N, C, L); must stay as it is.
        channel: the one to change; it is not constant.
        how: "levels" (codes 1…levels onto 0…1 evenly), "minmax" or "zscore" (std with n - 1).
        levels: how many levels there are, at least 2; used by "levels" only.

    Returns:
        A new tensor of the same shape and dtype; the other channels as they were.

    Raises:
        ValueError: for any other `how`.
    """
    # BEGIN SOLUTION
    values = days[:, channel]
    if how == "levels":
        scaled = (values - 1) / (levels - 1)
    elif how == "minmax":
        scaled = (values - values.min()) / (values.max() - values.min())
    elif how == "zscore":
        scaled = (values - values.mean()) / values.std()
    else:
        raise ValueError(f"unknown scale: {how}")
    result = days.clone()
    result[:, channel] = scaled
    return result
    # END SOLUTION


check("rescale")

# %% [markdown]
# The temperatures of the coldest day and of the hottest. On the left they are scaled with the smallest and the largest temperature of
# all 56 days, on the right each day is scaled with its own. *What to look for:* on the right nobody can tell the cold day from the hot
# one.


# %%
@when_solved
def cold_and_hot() -> None:
    with data_file("rides.csv").open(encoding="utf-8", newline="") as file:
        warmth = torch.tensor([float(row["temp"]) for row in csv.DictReader(file)])
    warmth = warmth[: 56 * 24].view(56, 1, 24)
    by_mean = warmth.mean(dim=(1, 2)).argsort()
    over_all = rescale(warmth, 0, "minmax")
    for_itself = torch.cat([rescale(day.unsqueeze(0), 0, "minmax") for day in warmth])
    _, axes = plt.subplots(1, 2, figsize=(8, 2.2), sharey=True)
    for axis, scaled, name in zip(
        axes, (over_all, for_itself), ("over all days", "each day for itself"), strict=True
    ):
        axis.plot(scaled[by_mean[0], 0].numpy(), "tab:blue", label="coldest day")
        axis.plot(scaled[by_mean[-1], 0].numpy(), "tab:red", label="hottest day")
        axis.set(title=name, xlabel="hour")
    _ = axes[0].legend(fontsize=7)


# %% [markdown] question="hour_as_input"
# **The hour of the day, 0 to 23, is to be an input.** What goes wrong if a network gets it as a number, scaled to 0…1? What is lost if
# it gets it one-hot instead? Suggest something better, and say what that keeps. (A few sentences; a person will read them.)
#
# <!-- BEGIN SOLUTION -->
# As a number, 23 and 0 are farthest apart, although they are neighbours, and midnight seems to be less than noon. One-hot puts all
# hours equally far from each other: neither their order nor who is next to whom is left, and each hour has to be learnt on its own.
# Better are two inputs that go round with the clock, the sine and the cosine of the angle 2π · hour / 24: near hours have near
# numbers, 23 and 0 included.
# <!-- END SOLUTION -->


# %% [markdown]
# # Part 2 · Text, datasets, loaders and transforms
#
# Until here every sample came in numbers. Now come words, which do not, and then what all kinds of data have in common:
# samples, splits, batches, and transforms on the way.
#
# (The three rules of the beginning still hold: a function changes nothing, tensors need not be contiguous, and whether a result shares
# memory is yours to choose. A loader, which you will meet here, draws one of PyTorch's common random numbers each time it is gone
# through; that is no fault of yours.)
#
# ## Text
#
# A text is a sequence of characters, or of words, or of something in between. All three are categories: an "e" is not
# more than a "d". Our text is the first chapter of *Pride and Prejudice*.

# %%
novel = data_file("novel.txt").read_text(encoding="utf-8")
print(novel[:420])
frequent = Counter(novel.lower()).most_common(40)
figure, axes = plt.subplots(figsize=(9, 1.8))
axes.bar([{" ": "␣", "\n": "↵"}.get(c, c) for c, _ in frequent], [n for _, n in frequent])
_ = axes.set(title="how often each character occurs", yticks=[])

# %% [markdown]
# Every character has a number, `ord("a")` is 97, and those of plain English are below 128 (ASCII). So a line becomes a
# table: one row per character, 128 slots. A line of 70 characters is (70, 128). Capital letters mean little and double the
# alphabet, so the text is made lower-case. And then there are the curly quotes, “ and ”: `ord("“")` is 8220. Decide where
# such strangers go before they crash you. Ours go to slot 0, which no printable character uses.
#
# Here is a line that somebody says, from left to right, a dot for each 1. *What to look for:* letters lie between 97 and 122,
# blanks at 32, and at the very bottom, in slot 0, curly quotes, the first of them right at the beginning. Most slots are never used.

# %%
spoken = next(line for line in novel.splitlines() if line.startswith("“") and len(line) > 50).lower()
codes_of_spoken = torch.tensor([ord(c) if ord(c) < 128 else 0 for c in spoken])
table_of_spoken = nn.functional.one_hot(codes_of_spoken, 128)
print(tuple(table_of_spoken.shape), "with", int(table_of_spoken.sum()), "ones")
figure, axes = plt.subplots(figsize=(9, 2))
axes.scatter(*table_of_spoken.nonzero(as_tuple=True), s=8)
_ = axes.set(ylim=(-3, 128), title=spoken, xlabel="character", ylabel="slot")


# %% [markdown]
# Words carry more meaning than letters, and there are more of them. First the text has to be cleaned, since "The", "the"
# and "the," are one word. Here is how; use `clean_words` for everything that is about words.

# %%
PUNCTUATION = '.,;:!?"”“_-'


def clean_words(text: str) -> list[str]:
    """The words of a text: lower-case, without punctuation at their ends."""
    words = (word.strip(PUNCTUATION) for word in text.lower().replace("\n", " ").split())
    return [word for word in words if word]


print(clean_words("“Impossible, Mr. Bennet, impossible, when I am not acquainted with him"))

# %% [markdown]
# A **vocabulary** gives each word a number. The numbers must not depend on chance: a Python `set` has an order of its own
# in every run, and a network that is loaded tomorrow would read other words. So sort. And one number is kept for words
# that were not in the text, because they will come.
#
# The words of the whole novel, cleaned like this, make a vocabulary of 7,261. A line of eleven words is then
# (11, 7261) in one-hot form: almost all zeros, which is why one keeps the eleven numbers instead.


# %% question="build_vocab"
def build_vocab(text: str) -> dict[str, int]:
    """The number of each word of a text.

    Args:
        text: any text with at least one word, none of which is "<unk>".

    Returns:
        A dict with "<unk>" as 0 and the different words of `clean_words(text)`, in alphabetical order
        (that of `sorted`), as 1, 2, 3, …
    """
    # BEGIN SOLUTION
    words = ["<unk>", *sorted(set(clean_words(text)))]
    return {word: number for number, word in enumerate(words)}
    # END SOLUTION


def encode_words(line: str, vocab: dict[str, int]) -> torch.Tensor:
    """The numbers of the words of a line.

    Args:
        line: any text; its words are those of `clean_words(line)`, and there may be none.
        vocab: as `build_vocab` makes it; must stay as it is.

    Returns:
        int64, shape (words,), in the order of the line. A word that the vocabulary does not know gets 0.
    """
    # BEGIN SOLUTION
    return torch.tensor([vocab.get(word, 0) for word in clean_words(line)], dtype=torch.int64)
    # END SOLUTION


check("build_vocab")

# %% [markdown]
# Program code is text, too, with other rules: `Count` and `count` are two names, and words end at everything that is
# neither letter nor digit nor underscore. `re.split(r"\W+", source)` cuts there; where a text begins or ends with such
# characters it also returns empty strings. Here it cuts a whole file, the one behind `import csv`.
#
# *What to look for:* how many different words has this file, and how many the chapter? (`build_vocab(novel)` has 322 entries,
# `"<unk>"` included.) How many of the file's words would you find in another one? And at the end stand two programs that compute different
# things, and become the same words. What this representation loses, the layout and all the operators, matters much more for code
# than for a novel.

# %%
source = inspect.getsource(csv)
found_in_source = [word for word in re.split(r"\W+", source) if word]
names_in_source = sorted(set(found_in_source))
columns_of_source = torch.tensor([names_in_source.index(word) for word in found_in_source])
table_of_source = nn.functional.one_hot(columns_of_source, len(names_in_source))
print("csv.py:     one-hot", tuple(table_of_source.shape), "for", len(source), "characters")
print("the chapter:", len(set(clean_words(novel))), "different words of", len(clean_words(novel)))
for program in ("total = price * (1 - discount)", "total = price - (1 * discount)"):
    print(program, "->", [word for word in re.split(r"\W+", program) if word])

# %% [markdown]
# Between letters and words lie **byte pair encodings**, which all large language models use. One starts with single
# characters and merges, again and again, the pair of neighbours that is most frequent. Common words end up as one token,
# rare ones as several, and nothing is ever unknown. One step of it:


# %% question="bpe_step"
def bpe_step(tokens: list[str]) -> tuple[tuple[str, str], list[str]]:
    """Merge the most frequent pair of neighbours.

    Args:
        tokens: at least two, none of them empty; must stay as they are.

    Returns:
        (pair, new tokens). To find the pair, count for each one at how many places i it stands as
        (tokens[i], tokens[i+1]): in "a a a" the pair (a, a) stands at two places. The most frequent one
        is taken; among equally frequent ones, that which occurs first. Then its occurrences are joined,
        going from left to right; a token that has just been joined takes no part in the next joint, so
        that "a a a" becomes "aa a".
    """
    # BEGIN SOLUTION
    counts = Counter(pairwise(tokens))
    pair = max(counts, key=lambda candidate: counts[candidate])
    merged: list[str] = []
    i = 0
    while i < len(tokens):
        step = 2 if tuple(tokens[i : i + 2]) == pair else 1
        merged.append("".join(tokens[i : i + step]))
        i += step
    return pair, merged
    # END SOLUTION


check("bpe_step")

# %% [markdown]
# Sixty steps on the beginning of the chapter. *What to look for:* most of the first tokens hold a space, for they are how words end
# and begin; before long whole words appear, and nobody has told the program what a word is. Every merge makes the text shorter.


# %%
@when_solved
def merging() -> None:
    tokens = list(novel[:2500].lower().replace("\n", " "))
    lengths, made = [len(tokens)], []
    for _ in range(60):
        pair, tokens = bpe_step(tokens)
        made.append("".join(pair))
        lengths.append(len(tokens))
    print("new tokens:", made)
    print("the text:  ", "|".join(tokens[:60]))
    _, axes = plt.subplots(figsize=(5, 1.8))
    axes.plot(lengths)
    _ = axes.set(xlabel="merges", ylabel="tokens", ylim=(0, None))


# %% [markdown]
# One-hot vectors are wide, and any two of them are equally far apart. An **embedding** gives each word a short vector in
# which closeness means something. One can draw one by hand: kind of thing on one axis, colour on the other.

# %%
WORDS = ["apple", "lemon", "plum", "rose", "daffodil", "violet", "setter", "labrador", "greyhound"]
TABLE = torch.tensor([[kind, colour] for kind in (0.1, 0.5, 0.9) for colour in (0.1, 0.5, 0.9)])
figure, axes = plt.subplots(figsize=(4.5, 2.8))
axes.scatter(TABLE[:, 0].numpy(), TABLE[:, 1].numpy())
for word, (x, y) in zip(WORDS, TABLE.tolist(), strict=True):
    axes.annotate(word, (x, y), xytext=(4, 4), textcoords="offset points")
_ = axes.set(
    xlabel="fruit, flower, dog", ylabel="red, yellow, purple or grey", xlim=(0, 1.3), ylim=(0, 1.1)
)

# %% [markdown]
# Real ones have 100 to 1000 axes and are learnt, but the map shows what they are good for: *apple is to lemon as rose is to
# …*? Go from apple to lemon, and take the same step from rose. In numbers: `lemon - apple + rose`, then the nearest word.
#
# To look a word up is to take its row of the table. It is also a matrix product: a one-hot row times the table picks
# exactly that row. So an embedding layer *is* a linear layer that is fed one-hot vectors; it merely skips the
# multiplications by 0. It takes the numbers of the words, `int64`, and neither floats nor one-hot.


# %% question="embed"
def embed(ids: torch.Tensor, table: torch.Tensor) -> torch.Tensor:
    """The vectors of words.

    Args:
        ids: int64, any shape, each from 0 to V - 1; there may be none.
        table: floating point, shape (V, D).

    Returns:
        Shape (*ids.shape, D), of the table's dtype: for each id its row of the table. Any way of getting
        there is fine. A layer of PyTorch's may draw random numbers for its first weights; its result has
        to be detached (`.detach()`).
    """
    # BEGIN SOLUTION
    return nn.functional.one_hot(ids, len(table)).to(table.dtype) @ table
    # END SOLUTION


def analogy(table: torch.Tensor, a: int, b: int, c: int) -> int:
    """The word that is to c as b is to a.

    Args:
        table: floating point, shape (V, D), V >= 4.
        a, b, c: ids of three different words.

    Returns:
        The id, a Python int, of the row that is nearest (by Euclidean distance) to table[b] - table[a] +
        table[c]; a, b and c themselves do not count, wherever they lie. No two of the others are equally
        near, or nearly so.
    """
    # BEGIN SOLUTION
    distances = (table - (table[b] - table[a] + table[c])).norm(dim=1)
    distances[[a, b, c]] = torch.inf
    return int(distances.argmin())
    # END SOLUTION


check("embed")

# %% [markdown]
# *Apple is to lemon as rose is to …* *What to look for:* the two arrows are the same step, once from apple and once from rose; the
# word where the second one ends is your answer.


# %%
@when_solved
def the_same_step() -> None:
    answer = analogy(TABLE, WORDS.index("apple"), WORDS.index("lemon"), WORDS.index("rose"))
    apple, lemon, rose = embed(
        torch.tensor([WORDS.index(word) for word in ("apple", "lemon", "rose")]), TABLE
    )
    _, axes = plt.subplots(figsize=(4.5, 2.8))
    for start in (apple, rose):
        axes.annotate(
            "",
            xy=(start + lemon - apple).tolist(),
            xytext=start.tolist(),
            arrowprops={"arrowstyle": "->"},
        )
    for number, (word, (x, y)) in enumerate(zip(WORDS, TABLE.tolist(), strict=True)):
        axes.text(x + 0.02, y, word, color="tab:red" if number == answer else "black")
    _ = axes.set(title=f"apple : lemon = rose : {WORDS[answer]}", xlim=(0, 1.3), ylim=(0, 1.1))


# %% [markdown]
# Models that write captions for pictures embed *both*, pictures and sentences, in one space. (Their preprocessor hands over a
# dict of tensors: `pixel_values` for the pictures, `input_ids` for the words.) A sentence fits a picture if the two vectors
# point in the same direction, however long they are. That is the **cosine similarity**: the dot product of the two
# vectors after each was divided by its length.


# %% question="best_captions"
def best_captions(images: torch.Tensor, texts: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Which sentence suits which picture.

    Args:
        images: float32, shape (N, D), one vector per picture, none of them shorter than 0.001.
        texts: float32, shape (M, D), one vector per sentence, none of them shorter than 0.001; M need not
            be N.

    Returns:
        (similarity, best): the similarity, float32, of shape (N, M), holds the cosine of each picture
        with each sentence; best, int64, of shape (N,), the index of the sentence most similar to each
        picture. No two are equally similar.
    """
    # BEGIN SOLUTION
    similarity = nn.functional.normalize(images, dim=1) @ nn.functional.normalize(texts, dim=1).T
    return similarity, similarity.argmax(dim=1)
    # END SOLUTION


check("best_captions")

# %% [markdown]
# And the way back, from numbers to text? A language model gives a score to each possible next word; one appends the best,
# and asks again. That is **greedy decoding**, and it works with the humblest of models: a table that counts which word
# follows which in our chapter. Watch how it ends up: the best next word depends on the last one alone, so as soon as a
# word comes back, everything after it comes back as well.

# %%
ids = {word: i for i, word in enumerate(sorted(set(clean_words(novel))))}
follows = torch.zeros(len(ids), len(ids))
for one, other in pairwise(clean_words(novel)):
    follows[ids[one], ids[other]] += 1
sentence = ["the"]
while len(sentence) < 48:
    sentence.append(list(ids)[int(follows[ids[sentence[-1]]].argmax())])
print(textwrap.fill(" ".join(sentence), 90))

# %% [markdown]
# ## Datasets
#
# A **dataset** answers two questions: how many samples are there (`len(ds)`), and which is number i (`ds[i]`)? Whatever
# answers both is one, a list of pairs included. Nothing says that the samples are in memory: `ds[i]` may open a file,
# decode it and turn it upside down. The usual chain of *extract, transform, load* has its first two links here, the third
# is the loader's.

# %%
figure, axes = plt.subplots(1, 2, figsize=(8, 1.8))
for axis, labels, name in zip(
    axes, (garments.targets.tolist(), score), ("garments", "scores of wines"), strict=True
):
    axis.bar(*zip(*sorted(Counter(labels).items()), strict=True))
    axis.set(title=name)
share = 100 * score.count(6.0) / len(score)
print(f"Whoever always says 6 is right about {share:.0f} % of the wines.")

# %% [markdown]
# Know your data set before you train on it: how many samples has each class? The original garments have 6,000 of each;
# that is *balanced*. If 99 of 100 samples are of one class, a network that always says so is right in 99 cases and
# worthless. A common remedy lies in the **loss**, the number that says how wrong a network is and that training makes smaller: there
# each sample counts with the weight of its class, which is the larger, the rarer the class is. (PyTorch's losses take such weights, as
# in `nn.CrossEntropyLoss(weight=…)`.)


# %% question="class_counts"
def class_counts(targets: torch.Tensor, n: int) -> torch.Tensor:
    """How many samples of each class there are.

    Args:
        targets: int64, shape (N,), labels from 0 to n - 1; not every class need occur, and N may be 0.
        n: the number of classes.

    Returns:
        int64, shape (n,).
    """
    # BEGIN SOLUTION
    return torch.bincount(targets, minlength=n)
    # END SOLUTION


def class_weights(counts: torch.Tensor) -> torch.Tensor:
    """Weights that make up for rare classes.

    Args:
        counts: int64, shape (n,), not all zero.

    Returns:
        float32, shape (n,): N / (n · count) for each class, where N is the sum of the counts and n the
        number of all classes, empty ones included, so that a balanced set has weights of 1; 0 for classes
        without samples.
    """
    # BEGIN SOLUTION
    weights = counts.sum() / (len(counts) * counts)
    return torch.where(counts > 0, weights, 0.0)
    # END SOLUTION


check("class_counts")

# %% [markdown]
# The other remedy leaves the loss as it is and shows rare samples more often: a loader with a **sampler** that draws with replacement.
# *What to look for:* of 1,000 labels 5 % are of class 1; a loader with your weights delivers both classes equally often.


# %%
@when_solved
def rare_ones_more_often() -> None:
    labels = torch.tensor([0] * 950 + [1] * 50)
    weight_of_each = class_weights(class_counts(labels, 2))[labels].tolist()
    sampler = WeightedRandomSampler(weight_of_each, 1000, generator=torch.Generator().manual_seed(0))
    drawn = torch.cat(list(DataLoader(labels, batch_size=100, sampler=sampler)))
    print(
        f"class 1 is {labels.float().mean():.0%} of the data,",
        f"and {drawn.float().mean():.0%} of what the loader delivers",
    )


# %% [markdown]
# Now a dataset of your own. Three details of it are contracts with the rest of PyTorch. A sample is a pair, and its label
# an int. `__getitem__` raises `IndexError` past the end: a `for` loop over the dataset asks for 0, 1, 2, … and stops
# *there*, so a dataset that never raises is a loop that never ends. And a **transform** is applied when a sample is asked for, not
# when the dataset is made. That is what makes augmentation work: a random transform gives another picture each time the
# same sample is asked for.


# %% question="pair_dataset"
class PairDataset(Dataset[tuple[torch.Tensor, int]]):
    """Pictures and labels that lie in memory.

    Args:
        x: a tensor of any dtype, of shape (N, ...), one picture per entry; further axes may be any, or
            none.
        y: int64, shape (N,), their labels.
        transform: if given, called with the picture each time a sample is asked for; its result takes the
            picture's place. It makes a new picture and does not write into the one it gets.

    Raises:
        ValueError: when x and y differ in length.

    `len(ds)` is N. `ds[i]`, for i from 0 to N - 1, is the pair (picture, label) with the label as a
    Python int; `ds[N]` raises IndexError. Nobody asks for other numbers.
    """

    def __init__(
        self,
        x: torch.Tensor,
        y: torch.Tensor,
        transform: Callable[[torch.Tensor], torch.Tensor] | None = None,
    ) -> None:
        # BEGIN SOLUTION
        if len(x) != len(y):
            raise ValueError(f"{len(x)} pictures, {len(y)} labels")
        self.x, self.y, self.transform = x, y, transform
        # END SOLUTION

    def __len__(self) -> int:
        # BEGIN SOLUTION
        return len(self.x)
        # END SOLUTION

    def __getitem__(self, i: int) -> tuple[torch.Tensor, int]:
        # BEGIN SOLUTION
        picture, label = self.x[i], int(self.y[i])  # a tensor raises the IndexError
        return (self.transform(picture) if self.transform else picture), label
        # END SOLUTION


check("pair_dataset")

# %% [markdown]
# One garment, asked for eight times, with a random turn and shift as the transform. *What to look for:* eight pictures, one sample.
# With the transform in `__init__` all would be the same.


# %%
@when_solved
def asked_eight_times() -> None:
    turned = PairDataset(
        garments.data[:20].unsqueeze(1),
        garments.targets[:20],
        v2.RandomAffine(degrees=25, translate=(0.15, 0.15)),
    )
    with torch.random.fork_rng(devices=[]):  # what is drawn here is not drawn elsewhere
        torch.manual_seed(1)
        sheet = make_grid([turned[1][0] for _ in range(8)], nrow=8)
    _, axes = plt.subplots(figsize=(8, 1.4))
    axes.imshow(sheet.permute(1, 2, 0).numpy())
    _ = axes.set(title=garments.classes[turned[1][1]], xticks=[], yticks=[])


# %% [markdown]
# Datasets can be cut and joined without copying: `Subset(ds, indices)` shows some samples of another dataset,
# `ConcatDataset([a, b])` one after the other. Data that come as a stream, line by line from a file or a sensor, have no
# numbers. They make an `IterableDataset`, which is asked for an iterator and nothing else; a loader cuts it into batches like
# any other, but cannot shuffle what it has not seen. (`ChainDataset` joins such streams.)

# %%
shoes = Subset(garments, [i for i, target in enumerate(garments.targets.tolist()) if target in (5, 7, 9)])
print(len(garments), len(shoes), len(ConcatDataset([garments, shoes])))
print("sample 3 of the shoes:", garments.classes[shoes[3][1]])


class Readings(IterableDataset[float]):
    """The temperatures in the file of rides, read when they are asked for."""

    def __iter__(self) -> Iterator[float]:
        with data_file("rides.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield float(row["temp"])


print("the first batch of a stream:", next(iter(DataLoader(Readings(), batch_size=5))))

# %% [markdown]
# For a first experiment two classes are enough: of CIFAR-10, 50,000 + 10,000 colour pictures of 32×32 pixels in ten classes,
# one might keep the airplanes (0) and the birds (2). Then the labels must be renumbered. A network with two outputs knows
# the classes 0 and 1; a label 2 is an error there.

# %%
if USE_REAL_DATA:
    cifar = datasets.CIFAR10("real", train=True, download=True)
    print(len(cifar), "pictures of", cifar.classes)


# %% question="subset_relabel"
def subset_relabel(
    dataset: Dataset[tuple[torch.Tensor, int]], keep: Sequence[int]
) -> list[tuple[torch.Tensor, int]]:
    """The samples of some classes, with new labels.

    Args:
        dataset: of pairs (picture, label), the label a Python int. It has a length and gives its samples
            by number; a `for` loop goes through them, too.
        keep: the labels of the classes to keep, all different, in the order of their new labels: with
            [2, 0], class 2 becomes 0 and class 0 becomes 1.

    Returns:
        A list of pairs (picture, new label), the labels Python ints, in the order of the dataset.
    """
    # BEGIN SOLUTION
    renumbered = {old: new for new, old in enumerate(keep)}
    return [(picture, renumbered[label]) for picture, label in dataset if label in renumbered]
    # END SOLUTION


check("subset_relabel")

# %% [markdown]
# Some files are larger than memory. Formats such as HDF5, or NumPy's own `.npy`, allow you to read a part without the rest:
# `np.load(path, mmap_mode="r")` gives an array whose numbers are still on disk and are fetched when they are looked at.
# What you slice out of it is a window onto the file, no more. Copy it while the file is still what it was.
# (`data/tides.npy` has two weeks of water levels, if you want to try: shape (2016, 4).)


# %% question="last_rows"
def last_rows(path: str, n: int) -> torch.Tensor:
    """The last rows of a table on disk.

    Args:
        path: an .npy file as `np.save` writes it, with a float32 array of shape (N, F), row after row,
            which may be larger than memory: beside the rows asked for, hold at most 100,000 bytes of it
            at a time. The file must stay as it is.
        n: from 0 to N; 0 gives a table without rows, which `[-0:]` would not.

    Returns:
        float32, shape (n, F), with memory of its own: what later happens to the file does not reach it.
    """
    # BEGIN SOLUTION
    table = np.load(path, mmap_mode="r")
    return torch.tensor(table[len(table) - n :])
    # END SOLUTION


check("last_rows")

# %% [markdown]
# A part of the samples is put aside before training, to see later how the network does on what it has not seen. Which part
# is left to chance, since files are often sorted by class, and to a *seed*, so that it is the same part tomorrow. A
# permutation of the numbers 0 to n − 1 does it: some of them for training, the rest for validation. Shuffling inputs and
# targets each on their own would tear the pairs apart; index both with the same numbers.
#
# `torch.manual_seed` would reset the one generator that all share, and everything random after your call would repeat
# itself. A generator of your own, `torch.Generator()`, disturbs nobody.


# %% question="split_indices"
def split_indices(n: int, fraction: float, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    """The numbers 0 to n - 1, dealt out to training and validation.

    Args:
        n: how many samples.
        fraction: from 0 to less than 1; int(fraction * n) samples are for validation. Of 3 samples and
            0.2 these are none.
        seed: of the generator that permutes; PyTorch's shared one must not notice.

    Returns:
        (train, validation), int64 vectors: the parts of torch.randperm(n) under that generator, the last
        int(fraction * n) of it for validation, what comes before them for training.
    """
    # BEGIN SOLUTION
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed))
    cut = n - int(fraction * n)
    return order[:cut], order[cut:]
    # END SOLUTION


def split_pairs(
    x: torch.Tensor, y: torch.Tensor, fraction: float, seed: int
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Inputs and targets, split at random in the same way.

    Args:
        x: of any dtype, shape (N, ...).
        y: of any dtype, shape (N, ...); y[i] belongs to x[i], in the results as well.
        fraction, seed: as above; int(fraction * N) samples are for validation.

    Returns:
        Four tensors: train x, train y, validation x and validation y, of the dtypes of x and y, the
        samples in the order of `split_indices`.
    """
    # BEGIN SOLUTION
    train, validation = split_indices(len(x), fraction, seed)
    return x[train], y[train], x[validation], y[validation]
    # END SOLUTION


check("split_indices")

# %% [markdown]
# Thirty samples, split with three seeds: `v` is for validation. *What to look for:* each seed has a split of its own, and the same one
# whenever you run this cell.


# %%
@when_solved
def splits() -> None:
    for seed in range(3):
        chosen = split_indices(30, 0.25, seed)[1].tolist()
        print("seed", seed, "".join("v" if i in chosen else "." for i in range(30)))


# %% [markdown]
# ## Loaders
#
# A `DataLoader` takes samples from a dataset and stacks them into batches. Ten garments become a tensor of shape
# (10, 1, 28, 28) and a tensor of ten labels:

# %%
as_tensors = datasets.FashionMNIST(
    "real" if USE_REAL_DATA else "data",
    train=True,
    transform=v2.Compose([v2.ToImage(), v2.ToDtype(torch.float32, scale=True)]),
)
images, labels = next(iter(DataLoader(as_tensors, batch_size=10)))
print(images.shape, images.dtype, labels)

# %% [markdown]
# Unless told otherwise it goes through the samples in their order. For training one shuffles, anew in every pass (every
# *epoch*), so that batches differ; a `generator` with a seed of its own makes the series of orders repeatable. For
# validation there is nothing to gain, and the order stays.
#
# `len(loader)` counts *batches*; samples are `len(loader.dataset)`. The last batch is smaller if the numbers do not work
# out, unless `drop_last=True` leaves it away. (With `num_workers=4`, four child processes fetch samples while you compute.
# Neither the number nor the order of batches changes. In notebooks, and for data in memory, 0 is mostly best.)
#
# Workers have a trap, which concerns random numbers. Each worker gets a *copy* of the dataset. PyTorch's common generator, NumPy's and
# Python's are seeded there with a number that the loader draws, plus the number of the worker: they differ. A generator that the dataset
# has made for itself is copied as it stands, and all workers draw the same "random" crops. The function `worker_init_fn`, which a
# loader calls in each worker, is the place to mend that. The cell does what a loader does for two workers, in one process. Compare the
# two lines of each column: which numbers come twice?


# %%
class Throws(Dataset[tuple[int, int]]):
    """Each sample is two dice.

    One is thrown with PyTorch's common generator, one with a generator of the dataset.
    """

    def __init__(self) -> None:
        self.own = np.random.default_rng(0)

    def __len__(self) -> int:
        return 8

    def __getitem__(self, i: int) -> tuple[int, int]:
        return int(torch.randint(1, 7, ())), int(self.own.integers(1, 7))


def new_generator(dataset: Throws) -> None:
    """What a `worker_init_fn` would do: a generator from the seed of the worker.

    That seed is what `torch.initial_seed()` tells.
    """
    dataset.own = np.random.default_rng(torch.initial_seed())


with torch.random.fork_rng(devices=[]):  # what is drawn here is not drawn elsewhere
    for worker in range(2):
        as_it_is, mended = Throws(), Throws()
        torch.manual_seed(1000 + worker)  # 1000 stands for the number that the loader draws
        new_generator(mended)
        dice = zip(*(as_it_is[i] for i in range(8)), strict=True)
        common, own = ("".join(map(str, thrown)) for thrown in dice)
        print(
            f"worker {worker}: common {common}   own {own}  ",
            "own, mended " + "".join(str(mended[i][1]) for i in range(8)),
        )

# %% [markdown]
# Why shuffle at all? Here are the labels of an epoch of garments, a row for each batch of 20 and a colour for each class.

# %%
in_files = garments.targets.sort().values[:600].tolist()  # many data sets come in this order
figure, axes = plt.subplots(1, 2, figsize=(7, 2.4))
for axis, mixed in zip(axes, (False, True), strict=True):
    batches = DataLoader(
        in_files, batch_size=20, shuffle=mixed, generator=torch.Generator().manual_seed(1)
    )
    axis.imshow(torch.stack(list(batches)).numpy(), cmap="tab10", aspect="auto")
    axis.set(title=f"shuffle={mixed}", xlabel="sample in the batch")
_ = axes[0].set(ylabel="batch")


# %% question="make_loaders"
def make_loaders(
    train: Dataset[tuple[torch.Tensor, int]],
    validation: Dataset[tuple[torch.Tensor, int]],
    batch_size: int,
    seed: int,
) -> tuple[DataLoader[tuple[torch.Tensor, int]], DataLoader[tuple[torch.Tensor, int]]]:
    """The two loaders that training needs.

    Args:
        train, validation: datasets of pairs.
        batch_size: of both.
        seed: fixes the orders of the training samples, whichever they are: two loaders made with one seed
            go through the same series of orders, whatever else the program does in between: draw random
            numbers, or go through the validation loader.

    Returns:
        (training loader: in an order that is drawn anew for every epoch; validation loader: always in the
        dataset's order). Both deliver every sample once per epoch.
    """
    # BEGIN SOLUTION
    generator = torch.Generator().manual_seed(seed)
    training = DataLoader(train, batch_size, shuffle=True, generator=generator)
    return training, DataLoader(validation, batch_size)
    # END SOLUTION


def n_batches(n: int, batch_size: int, drop_last: bool) -> int:
    """How many batches a loader makes in an epoch.

    Args:
        n: how many samples there are, at least 1.
        batch_size: of all batches but perhaps the last, at least 1.
        drop_last: whether a last batch that is smaller is left away.
    """
    # BEGIN SOLUTION
    return n // batch_size if drop_last else -(-n // batch_size)
    # END SOLUTION


check("make_loaders")

# %% [markdown]
# Ten samples, three epochs. *What to look for:* the training loader has another order in each epoch; made anew with the same seed it
# begins the same series again. The validation loader never changes.


# %%
@when_solved
def three_epochs() -> None:
    numbered = [(torch.tensor([float(i)]), i) for i in range(10)]
    for name in ("training", "the same again"):
        training, validation = make_loaders(numbered, numbered, 4, seed=5)
        for epoch in range(3):
            print(f"{name}, epoch {epoch}:", [labels.tolist() for _, labels in training])
    print("validation:", [labels.tolist() for _, labels in validation])


# %% [markdown] question="in_order_of_class"
# **Somebody gets the two loaders mixed up.** The files are sorted by class. Training goes through them in that order, validation is
# shuffled. What will happen in training, and what to the accuracy that validation reports? Why?
#
# <!-- BEGIN SOLUTION -->
# Nearly every batch of training then holds a single class. Each step pulls the network towards the class at hand and away from the
# others, so it forgets those that were long ago and favours those that came last; the losses look good batch by batch. The accuracy
# of validation does not change: it is an average over all samples, whichever order they come in.
# <!-- END SOLUTION -->


# %% [markdown]
# A common chore: show the first few pictures that a loader delivers, with their names. The batch is 64, or 1, or whatever
# it is; you want 20. Two traps: `next(iter(loader))` makes a *new* iterator at every call, so in a loop it yields the first
# batch forever. And a label in a batch is a tensor of rank 0, which a list takes as an index but a dict does not; make it
# an int.


# %% question="collect"
def collect(
    loader: Iterable[tuple[torch.Tensor, torch.Tensor]], n: int, names: dict[int, str]
) -> list[tuple[torch.Tensor, str]]:
    """The first n samples that a loader delivers, one by one.

    Args:
        loader: gives batches (pictures of shape (B, ...), of any dtype and with any further axes, or
            none; labels, int64, of shape (B,)) to one `for` loop; B may vary. It may be endless, so do
            not wait for its end: once you have n samples, ask for no more batches
            (one too many is forgiven).
        n: how many, at least 1.
        names: the name of each label.

    Returns:
        A list of pairs (picture without batch axis, name of its label); shorter than n if the loader ends
        before.
    """
    # BEGIN SOLUTION
    found: list[tuple[torch.Tensor, str]] = []
    for pictures, labels in loader:
        for picture, label in zip(pictures, labels, strict=True):
            found.append((picture, names[int(label)]))
            if len(found) == n:
                return found
    return found
    # END SOLUTION


check("collect")

# %% [markdown]
# Pictures of one size can be stacked; sentences cannot, as each has a length of its own. A loader lets you say how samples
# become a batch: `DataLoader(ds, collate_fn=f)` calls `f` with a list of samples. The usual answer is **padding**: fill up
# with zeros, and keep the true lengths so that nobody takes the filling for text. Only the lengths can tell: in our
# vocabulary 0 is also an unknown word, and a sentence may end with one.
#
# ![Three sequences of different lengths, padded with zeros to the longest](figures/padding.svg)


# %% question="pad_collate"
def pad_collate(
    samples: list[tuple[torch.Tensor, int]],
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Sentences of different lengths as one batch; for DataLoader(..., collate_fn=pad_collate).

    Args:
        samples: at least one pair (ids, label); ids int64 of shape (length,), length at least 1, zeros
            among them perhaps; label an int.

    Returns:
        (padded, lengths, labels), all int64: padded of shape (N, longest of this batch), each row the ids
        followed by zeros; lengths and labels of shape (N,). In the order of the samples.
    """
    # BEGIN SOLUTION
    lengths = torch.tensor([len(ids) for ids, _ in samples])
    padded = torch.zeros(len(samples), int(lengths.max()), dtype=torch.int64)
    for row, (ids, _) in zip(padded, samples, strict=True):
        row[: len(ids)] = ids
    return padded, lengths, torch.tensor([label for _, label in samples])
    # END SOLUTION


check("pad_collate")

# %% [markdown]
# Four sentences as one batch: the brighter, the higher the number of a word; only 0 is black. *What to look for:* the filling on the right
# is black, and so is an unknown word in the middle of a sentence. The red marks are your lengths, and only they tell the two apart.


# %%
@when_solved
def filled_up() -> None:
    vocab = build_vocab(novel)
    lines = [
        "My dear Mr. Bennet",
        "It is a truth",
        "He was in a spaceship, my dear",
        "You want to tell me, and I have no objection",
    ]
    padded, lengths, _ = pad_collate([(encode_words(line, vocab), 0) for line in lines])
    _, axes = plt.subplots(figsize=(6, 1.8))
    axes.imshow(padded.numpy(), cmap=plt.get_cmap("summer").with_extremes(under="black"), vmin=0.5)
    axes.plot((lengths - 0.5).numpy(), range(len(lines)), "r|", markersize=18, markeredgewidth=4)
    _ = axes.set(xlabel="word", yticks=[], xlim=(-0.5, padded.shape[1] - 0.3))


# %% [markdown]
# Back to the statistics of a training set. Earlier, all pictures were in one tensor. 50,000 colour photographs are not, so
# the statistics have to be gathered batch by batch, in one pass: for each channel count the values, add them up, and add up
# their squares. In the end
#
# $$\text{mean} = \frac{\sum x}{n} \qquad\qquad \text{std} = \sqrt{\frac{\sum x^2}{n} - \text{mean}^2}$$
#
# Averaging the means of the batches is almost right, and wrong if the last batch is smaller. The formula for the spread
# subtracts two large numbers that are nearly equal, which `float32` does badly; keep the sums in `float64`. Even so, for a
# channel that is the same everywhere, the difference may come out as −10⁻¹⁷, whose root is NaN: limit it to 0. (For CIFAR-10
# you would get means of 0.4915, 0.4823 and 0.4468. Those of other people's data are no use for yours.)


# %% question="streaming_stats"
def streaming_stats(batches: Iterable[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """Mean and standard deviation of each channel, over all pictures and pixels of all batches.

    Args:
        batches: at least one float32 tensor of shape (N, C, H, W), of different N perhaps. They can be
            gone through only once; it may be a generator. Keep none of them: together they need not fit
            into memory. Values may be large: a spread of 1 around 3000 must come out right.

    Returns:
        (mean, std), float32, shape (C,); std divides by n, the number of values, and not by n - 1 as
        `channel_stats` does. A channel without spread has a std of 0 up to rounding, and never NaN.
    """
    # BEGIN SOLUTION
    count = 0
    total = squares = torch.zeros(())
    for batch in batches:
        channels = batch.double().transpose(0, 1).flatten(start_dim=1)
        count += channels.shape[1]
        total = total + channels.sum(dim=1)
        squares = squares + channels.square().sum(dim=1)
    mean = total / count
    variance = squares / count - mean.square()
    return mean.float(), variance.clamp(min=0).sqrt().float()  # by rounding it may be a little below 0
    # END SOLUTION


check("streaming_stats")

# %% [markdown]
# The garments, 64 at a time, and all at once. *What to look for:* the same numbers, although no more than 64 pictures were
# ever looked at together. (Between n and n − 1 there is no difference to be seen where n is half a million.)


# %%
@when_solved
def in_one_pass() -> None:
    pictures = garments.data.unsqueeze(1) / 255
    print("batch by batch:", *streaming_stats(iter(pictures.split(64))))
    print("all at once:   ", *channel_stats(pictures))


# %% [markdown]
# ## Transforms
#
# Photographs come in all sizes, networks expect one. The usual recipe of the nets that were trained on ImageNet: resize
# until the *shorter* side has 256 pixels, cut a square of 224 out of the middle, scale to 0…1, normalise with the
# statistics of that training set (mean 0.485, 0.456, 0.406; std 0.229, 0.224, 0.225). Resizing both sides to 256 would
# squash the picture.
#
# ![A wide photograph is resized to a shorter side of 256, then a square is cut out of its middle](figures/crop.svg)
#
# What is lost on the way? One photograph, resized to a shorter side of 90, 32 and 12 pixels, and, last, squashed to
# 32 × 32:

# %%
meadow = Image.open("data/images/meadow.png").convert("RGB")
figure, axes = plt.subplots(1, 4, figsize=(9, 1.6))
for axis, size in zip(axes, (90, 32, 12), strict=False):
    axis.imshow(v2.functional.resize(meadow, [size]))
    axis.set(title=f"v2.Resize({size})", xticks=[], yticks=[])
axes[3].imshow(v2.functional.resize(meadow, [32, 32]))
_ = axes[3].set(title="v2.Resize((32, 32))", xticks=[], yticks=[])

# %% [markdown]
# First the arithmetic, by hand. A photograph of 720 × 1280 (height × width) becomes 256 × 455.


# %% question="central_square"
def shorter_side(height: int, width: int, size: int) -> tuple[int, int]:
    """The (height, width) after resizing so that the shorter side is `size`.

    The longer side becomes size * longer / shorter, cut down to a whole number. Multiply before you
    divide: where that is a whole number, it stays what it is.
    """
    # BEGIN SOLUTION
    if height <= width:
        return size, size * width // height
    return size * height // width, size
    # END SOLUTION


def center_crop(image: torch.Tensor, size: int) -> torch.Tensor:
    """The square in the middle of a picture.

    Args:
        image: of any dtype, shape (C, H, W), H and W at least `size`.
        size: of the square.

    Returns:
        Shape (C, size, size), of the same dtype, with as many rows left away above as below, and as many
        columns on the left as on the right. Where an odd number is left over, one more on either side is
        fine.
    """
    # BEGIN SOLUTION
    top, left = ((side - size) // 2 for side in image.shape[1:])
    return image[:, top : top + size, left : left + size]
    # END SOLUTION


check("central_square")

# %% [markdown]
# torchvision has all of it, in `torchvision.transforms.v2`. A **pipeline** is a function made of functions, each applied to
# what the one before it returned:


# %%
def compose(*steps: Callable[[float], float]) -> Callable[[float], float]:
    """One function that applies several in their order."""

    def pipeline(value: float) -> float:
        for step in steps:
            value = step(value)
        return value

    return pipeline


print(compose(lambda x: x / 255, lambda x: (x - 0.5) / 0.5)(255))

# %% [markdown]
# `v2.Compose([...])` is this function for pictures. The steps have to fit each other by type: `v2.ToImage()` makes a
# `uint8` tensor (C, H, W) of a PIL image, `v2.ToDtype(torch.float32, scale=True)` changes the type *and* scales to 0…1,
# and `v2.Normalize` wants floats. `v2.Resize(256)`, given one number, keeps the proportions. `v2.CenterCrop(224)` cuts the middle
# out. (And a warning: `v2.Normalize` with three means turns a grey picture into one of three channels without a word.)
#
# Not every network wants to be fed normalised pictures. One that turns horses into zebras, for instance, takes 0…1 as it
# is. The recipe belongs to the network, not to the photograph.


# %% question="prepare_photo"
def prepare_photo(
    path: str, resize: int, crop: int, mean: list[float] | None = None, std: list[float] | None = None
) -> torch.Tensor:
    """A photograph from a file, as a batch of one for a network. Use torchvision's v2.

    Args:
        path: an 8-bit RGB or RGBA file of any proportions; alpha is dropped before all else.
        resize: the shorter side is resized to this, with v2's default settings, while the picture still
            is 8-bit (as a PIL image or as a tensor, which may differ by a level or two), so that resizing
            gives whole numbers from 0 to 255.
        crop: the side of the square in the middle that is kept, at most `resize`.
        mean, std: per channel, for the normalisation; both are None where there is none.

    Returns:
        float32, shape (1, 3, crop, crop): values 0…1, normalised if there are mean and std.
    """
    # BEGIN SOLUTION
    steps = [v2.ToImage(), v2.Resize(resize), v2.CenterCrop(crop), v2.ToDtype(torch.float32, scale=True)]
    if mean is not None and std is not None:
        steps.append(v2.Normalize(mean, std))
    with Image.open(path) as photo:
        batch: torch.Tensor = v2.Compose(steps)(photo.convert("RGB")).unsqueeze(0)
    return batch
    # END SOLUTION


check("prepare_photo")

# %% [markdown]
# A cat, a rocket and a leaf on their way to a network, resized to 64 and cut to 56. *What to look for:* all have the same size, none is
# squashed, and the leaf, which is drawn, has lost its transparency. Below each is the range of its numbers after the usual normalisation.


# %%
@when_solved
def prepared() -> None:
    usual = {"mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]}
    _, axes = plt.subplots(1, 3, figsize=(6, 2.2))
    for axis, name in zip(
        axes, ("photographs/cat.png", "photographs/rocket.jpg", "images/leaf.png"), strict=True
    ):
        axis.imshow(prepare_photo(f"data/{name}", 64, 56)[0].permute(1, 2, 0).numpy())
        fed = prepare_photo(f"data/{name}", 64, 56, **usual)
        axis.set(
            title=Path(name).stem, xlabel=f"{fed.min():.2f} to {fed.max():.2f}", xticks=[], yticks=[]
        )


# %% [markdown]
# Last, **augmentation**. A bird that sits a few pixels further left is the same bird, but to a network it is a new picture,
# for free. A random crop does that: a window of fixed size at a place that is drawn anew every time. Ask twice for the same
# sample, and you get two different pictures; with a generator in the same state, the same one again. The label does not change.
#
# Every place at which the window fits must be possible, the outermost included, and all equally likely. A picture of 5 rows has
# three places for a window of 3 rows: 0, 1 and 2. (For your `PairDataset` the transform would be
# `lambda picture: random_crop(picture, 24, generator)`.)


# %% question="random_crop"
def random_crop(image: torch.Tensor, size: int, generator: torch.Generator) -> torch.Tensor:
    """A square window of a picture, at random.

    Args:
        image: of any dtype, shape (C, H, W), H and W at least `size`; may be exactly `size`.
        size: of the window.
        generator: the only source of randomness.

    Returns:
        Shape (C, size, size), of the same dtype: neighbouring rows and columns of `image`, the same ones
        in all channels. Row and column are drawn independently; every place where the window fits is
        equally likely.
    """
    # BEGIN SOLUTION
    _, height, width = image.shape
    top = int(torch.randint(height - size + 1, (1,), generator=generator))
    left = int(torch.randint(width - size + 1, (1,), generator=generator))
    return image[:, top : top + size, left : left + size]
    # END SOLUTION


check("random_crop")

# %% [markdown]
# Eight windows of one photograph. *What to look for:* no two are the same. To a network these are eight pictures; to you they are one cat.


# %%
@when_solved
def windows_of_a_cat() -> None:
    photo = to_tensor(np.array(Image.open("data/photographs/cat.png")))
    generator = torch.Generator().manual_seed(74)
    sheet = make_grid([random_crop(photo, 48, generator) for _ in range(8)], nrow=8)
    _, axes = plt.subplots(figsize=(9, 1.5))
    axes.imshow(sheet.permute(1, 2, 0).numpy())
    _ = axes.set(xticks=[], yticks=[])


# %% [markdown]
# ## The whole road
#
# Extract, transform, load: put together, your functions make a classifier, if a simple one, and this time of real data. `data/digits.npz`
# holds 1,797 digits that thirteen people wrote, grey pictures of 8×8 numbers from 0 to 16. The training part gives the average picture
# of each class; a new picture is called by the average that it is nearest to. Nothing in it is trained, and chance would be right in one
# case of ten.
#
# One pass through a loader is enough for the averages: for each class add the pictures up and count them. For the distances there is
# `torch.cdist(x, y)`: of two tables, (N, D) and (M, D), it gives the distance of each row of the one to each row of the other.


# %% question="class_averages"
def class_averages(loader: Iterable[tuple[torch.Tensor, torch.Tensor]], n: int) -> torch.Tensor:
    """The average picture of each class.

    Args:
        loader: gives batches (pictures, float32, of shape (B, ...), with any further axes, or none;
            labels, int64, of shape (B,)) to one `for` loop; B may vary.
            Labels are 0 to n - 1; each of them occurs, if not in every batch.
        n: the number of classes.

    Returns:
        float32, shape (n, ...): for each class the mean over all its pictures.
    """
    # BEGIN SOLUTION
    sums, counts = torch.zeros(()), torch.zeros(n)
    for pictures, labels in loader:
        # (n, B): which picture is of which class
        members = (labels == torch.arange(n).unsqueeze(1)).float()
        sums = sums + torch.tensordot(members, pictures, dims=1)
        counts += members.sum(dim=1)
    return sums / counts.reshape(-1, *[1] * (sums.ndim - 1))
    # END SOLUTION


def nearest_average(pictures: torch.Tensor, averages: torch.Tensor) -> torch.Tensor:
    """The class of each picture, told by the averages.

    Args:
        pictures: float32, shape (N, ...), with at least one further axis.
        averages: float32, shape (n, ...), of the same shape but for the first axis.

    Returns:
        int64, shape (N,): for each picture the number of the average at the smallest Euclidean distance,
        over all its numbers. No two averages are equally near, or nearly so.
    """
    # BEGIN SOLUTION
    return torch.cdist(pictures.flatten(1), averages.flatten(1)).argmin(dim=1)
    # END SOLUTION


check("class_averages")

# %% [markdown]
# How good will that be? A quarter of the digits is put aside, and the averages have not seen it.


# %% question="guess_road"
def guess_road() -> dict[str, int]:
    """What will come of it on the digits put aside: two whole numbers.

    Under "right of 100", how many of 100 are called what they are; under "said wrongly most often", the
    digit, 0 to 9, that is said most often where what is said is wrong.
    """
    # BEGIN SOLUTION
    return {"right of 100": 90, "said wrongly most often": 9}
    # END SOLUTION


check("guess_road")

# %% [markdown]
# From the file to the answer, with your functions at each step: split, statistics of the training part, dataset and transform, loaders,
# one pass, and the verdicts. *What to look for:* the averages are legible, and blurred where people write differently. Below them are all
# the digits that were taken for others: `8 → 1` was meant as an 8 and called a 1. Which number stands most often on the right? And which
# of the pictures would you have read? (Of the photographs of the original garments such a
# program gets about two in three right.) From here on a batch is a tensor of floats with a known layout and a known scale, and the next
# notebook is about a network that learns from it.


# %%
@when_solved
def the_whole_road() -> None:
    guessed = guess_road()
    digits = np.load("data/digits.npz")
    images = torch.from_numpy(digits["images"]).float().unsqueeze(1) / 16
    train_x, train_y, other_x, other_y = split_pairs(
        images, torch.from_numpy(digits["labels"]).long(), 0.25, seed=0
    )
    mean, std = channel_stats(train_x)
    training, validation = make_loaders(
        PairDataset(train_x, train_y, lambda picture: normalise(picture, mean, std)),
        PairDataset(other_x, other_y, lambda picture: normalise(picture, mean, std)),
        64,
        seed=0,
    )
    averages = class_averages(training, 10)
    said = torch.cat([nearest_average(pictures, averages) for pictures, _ in validation])
    wrong = said != other_y
    share = round(100 * (1 - wrong.float().mean().item()))
    often = torch.bincount(said[wrong], minlength=10).argmax().item()
    beside(guessed, {"right of 100": share, "said wrongly most often": often})
    _, above = plt.subplots(1, 10, figsize=(8, 0.9))
    for axis, average in zip(above, averages, strict=True):
        axis.imshow(for_imshow(average, mean, std), cmap="gray")
    meant, called = other_y[wrong].tolist(), said[wrong].tolist()
    figure, below = plt.subplots(4, 15, figsize=(8, 3))
    figure.suptitle(f"{len(meant)} of {len(said)} were taken for others", fontsize=10)
    for axis, picture, true, name in zip(below.flat, other_x[wrong], meant, called, strict=False):
        axis.imshow(picture[0].numpy(), cmap="gray")
        axis.set_title(f"{true} → {name}", fontsize=8)
    for axis in (*above, *below.flat):
        axis.set(xticks=[], yticks=[])
    for axis in below.flat[len(meant) :]:
        axis.axis("off")


# %% [markdown]
# ## Things that break
#
# Data are where programs go wrong without a word. Here are five short ones that people have written, each with a run of it. The
# third and the fifth raise an exception, and each has a second fault behind that. The other three, which is worse, run: they
# return something of the right kind and shape, and it is wrong. Run each cell, look at what it shows, and find the line before you
# read on.
#
# **1. Photographs as a batch.** A leaf went in.


# %%
def broken_batch(photos: list[np.ndarray]) -> torch.Tensor:
    height, width, channels = photos[0].shape
    pictures = [torch.from_numpy(photo).reshape(channels, height, width) for photo in photos]
    return torch.stack(pictures) / 255


leaf = np.array(Image.open("data/images/leaf.png").convert("RGB"))
_, axes = plt.subplots(figsize=(1.5, 1.5))
_ = axes.imshow(broken_batch([leaf])[0].permute(1, 2, 0).numpy())

# %% [markdown]
# **2. The average photograph**, here of two that have the value 200 everywhere.


# %%
def broken_average(photos: torch.Tensor) -> torch.Tensor:
    total = torch.zeros_like(photos[0])
    for photo in photos:
        total += photo
    return total / len(photos)


print(broken_average(torch.full((2, 1, 1, 3), 200, dtype=torch.uint8)))


# %% [markdown]
# **3. The weather, one-hot**, from the last column of two hours: clear, and a storm.


# %%
def broken_slots(hours: torch.Tensor, column: int, n: int) -> torch.Tensor:
    return nn.functional.one_hot(hours[:, column], n)


try:
    print(broken_slots(torch.tensor([[0.24, 1.0], [0.22, 4.0]]), 1, 4))
except RuntimeError as error:
    print("RuntimeError:", error)


# %% [markdown]
# **4. A table on the scale of its training rows**, split into these and the rows for validation. The training rows should have a mean
# of 0.


# %%
def broken_parts(table: torch.Tensor, fraction: float, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    scaled = (table - table.mean(dim=0)) / table.std(dim=0)
    order = torch.randperm(len(table), generator=torch.Generator().manual_seed(seed))
    cut = len(table) - int(fraction * len(table))
    return scaled[order[:cut]], scaled[order[cut:]]


print(
    "mean of the training rows:",
    broken_parts(torch.tensor([[1.0], [2.0], [3.0], [4.0], [90.0]]), 0.4, 0)[0].mean(dim=0),
)


# %% [markdown]
# **5. What a loader delivers**, counted by name.


# %%
def broken_count(
    loader: Iterable[tuple[torch.Tensor, torch.Tensor]], names: dict[int, str]
) -> dict[str, int]:
    seen = dict.fromkeys(names.values(), 0)
    for _ in range(len(loader)):
        _, labels = next(iter(loader))
        for label in labels:
            seen[names[label]] += 1
    return seen


two_batches = [(torch.zeros(2, 1), torch.tensor([0, 1])), (torch.zeros(2, 1), torch.tensor([1, 1]))]
try:
    print(broken_count(two_batches, {0: "shirt", 1: "boot"}))
except KeyError as error:
    print("KeyError:", error)

# %% [markdown]
# Now write them as they were meant. Little has to change in each, and you may start from a copy. (A comment where you changed a line,
# saying what its fault was, is for yourself; you will want it for the question after this one.) What each of them should do stands in
# its docstring.


# %% question="mended_programs"
def photos_as_batch(photos: list[np.ndarray]) -> torch.Tensor:
    """Photographs as a batch.

    Args:
        photos: at least one, all of one size, uint8, shape (H, W, 3); must stay as they are.

    Returns:
        float32, shape (N, 3, H, W): every pixel where it was, its values divided by 255.
    """
    # BEGIN SOLUTION
    # reshape mixed the axes
    return torch.stack([torch.from_numpy(photo).permute(2, 0, 1) for photo in photos]) / 255
    # END SOLUTION


def average_photo(photos: torch.Tensor) -> torch.Tensor:
    """The mean of several photographs.

    Args:
        photos: uint8, shape (N, C, H, W); N is at least 1, and may be some hundreds.

    Returns:
        float32, shape (C, H, W), from 0 to 255: in each place the mean over the photographs.
    """
    # BEGIN SOLUTION
    return photos.float().mean(dim=0)  # sums of uint8 began at 0 again above 255
    # END SOLUTION


def weather_slots(hours: torch.Tensor, column: int, n: int) -> torch.Tensor:
    """A column of codes, one-hot.

    Args:
        hours: float32, shape (N, C).
        column: which column holds codes from 1 to n; not every one need occur.
        n: how many codes there are.

    Returns:
        float32, shape (N, n); the 1 of code k is in slot k - 1.
    """
    # BEGIN SOLUTION
    # codes were floats, and began at 1
    return nn.functional.one_hot(hours[:, column].long() - 1, n).float()
    # END SOLUTION


def scaled_parts(table: torch.Tensor, fraction: float, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    """A table, split into two parts that are both on the scale of the first.

    Args:
        table: float32, shape (N, F); no column is constant in the training rows. Must stay as it is.
        fraction: int(fraction * N) rows are for validation, perhaps none; at least two are left for
            training.
        seed: of the permutation.

    Returns:
        (training, validation), float32: the rows as `split_indices(N, fraction, seed)` deals them out,
        with the mean over the training rows subtracted and divided by their standard deviation (n - 1),
        column by column.
    """
    # BEGIN SOLUTION
    order = torch.randperm(len(table), generator=torch.Generator().manual_seed(seed))
    cut = len(table) - int(fraction * len(table))
    training, validation = table[order[:cut]], table[order[cut:]]
    # they were of all rows: those for validation leaked in
    mean, std = training.mean(dim=0), training.std(dim=0)
    return (training - mean) / std, (validation - mean) / std
    # END SOLUTION


def names_seen(
    loader: Iterable[tuple[torch.Tensor, torch.Tensor]], names: dict[int, str]
) -> dict[str, int]:
    """How many samples of each name a loader delivers in one epoch.

    Args:
        loader: gives batches (pictures, labels, int64, of shape (B,)) to one `for` loop; B may vary.
        names: the name of each label; no two are the same.

    Returns:
        A dict from each name, also from those that do not occur, to its count, a Python int.
    """
    # BEGIN SOLUTION
    seen = dict.fromkeys(names.values(), 0)
    for _, labels in loader:  # next(iter(loader)) began anew at every call
        for label in labels:
            seen[names[int(label)]] += 1  # a tensor is no key
    return seen
    # END SOLUTION


check("mended_programs")

# %% [markdown] question="how_noticed"
# **Three of the five programs raised nothing.** For two of them: what could their authors have printed or drawn, before any training,
# that would have shown them the fault? Be concrete, so that somebody else could do it.
#
# <!-- BEGIN SOLUTION -->
# The batch: draw one of its pictures next to the file. The average: average a picture with itself and compare, or look whether the mean
# lies between the smallest and largest value. The scaled table: print mean and spread of the training rows, which must be 0 and 1.
# <!-- END SOLUTION -->

# %% [markdown]
# ## A quest: a text in a hundred pieces
#
# An open task for the willing: it has no best answer that we know of. A language model pays for every token. The fewer pieces a text is
# cut into, the more of it the model can read at once. Here you choose a hundred pieces, strings of any length. A text is then cut
# from left to right: at each place the longest of your pieces that stands there is taken, or a single character where none does.


# %%
def cut(text: str, pieces: Iterable[str]) -> list[str]:
    """A text, cut from left to right.

    Always the longest piece that stands there, or a single character.
    """
    known = {piece for piece in pieces if piece}
    lengths = sorted({1, *map(len, known)}, reverse=True)
    found: list[str] = []
    at = 0
    while at < len(text):
        found.append(next(text[at : at + n] for n in lengths if n == 1 or text[at : at + n] in known))
        at += len(found[-1])
    return found


print("|".join(cut("the other one", ["the", "other", "th", " o"])))

# %% [markdown]
# So a piece helps if it is long *and* frequent, and pieces can be in each other's way: the blank took the "o" along, and "other" was
# never found. Your function is given one text and chooses; what counts is another text, by the same author, which it has not seen. A
# first idea: the words that occur most often. But most words of another text are not among them, and the blanks between words are
# left over. Runs of characters that are not whole words do better, and `bpe_step` finds good ones.
#
# What is measured: into how many pieces the unseen text is cut, for every 100 characters of it. Without any piece of yours that is
# 100, and with the hundred most frequent words of the text that your function is given still more than 70. At 70 or fewer the point is yours; the rest is for
# the sport of it. If your course has a board, it shows your number under the
# `NICKNAME` that you choose, and not your name; leave it empty and you are not on it.


# %% question="pieces"
NICKNAME = ""


def pieces(text: str) -> list[str]:
    """The pieces with which texts like this one are cut.

    Args:
        text: of 2,000 characters or more, in lower case; words are separated by single blanks, and there
            is no other white space.

    Returns:
        A list of at most 100 strings, in any order, none of them empty. A few seconds are enough to find
        them.
    """
    # BEGIN SOLUTION
    runs = Counter(text[i : i + n] for n in range(2, 7) for i in range(len(text) - n + 1))
    return sorted(runs, key=lambda run: -runs[run] * (len(run) - 1))[:100]
    # END SOLUTION


check("pieces")

# %% [markdown]
# Your pieces at work: chosen from the first 3,000 characters of the chapter, tried on what comes after them. *What to look for:* single
# letters between two bars. What stands next to them, and would it be worth a piece?


# %%
@when_solved
def what_is_cut() -> None:
    chapter = " ".join(novel.lower().split())[:4400]
    chosen = pieces(chapter[:3000])
    unseen = cut(chapter[3000:], chosen)
    print(f"{len(chosen)} pieces, the longest of them: {sorted(chosen, key=len)[-8:]}")
    print(
        f"{100 * len(unseen) / len(chapter[3000:]):.1f} pieces",
        "for every 100 characters of the rest of the chapter",
    )
    print("|".join(unseen[:60]))
