import csv

import numpy as np
import torch

from grader import mistake


@mistake("MD46", "Always splits at semicolons", hint="The delimiter is an argument; other files use others.")
def load_table(path, delimiter):
    with open(path, newline="") as file:
        names = next(csv.reader(file, delimiter=";"))
    return names, torch.from_numpy(np.loadtxt(path, dtype=np.float32, delimiter=";", skiprows=1, ndmin=2))


@mistake("MD46a", "Reads the names as numbers", hint="The first line holds names. Skip it when you read the numbers.")
def load_table(path, delimiter):
    with open(path, newline="") as file:
        names = next(csv.reader(file, delimiter=delimiter))
    return names, torch.from_numpy(np.loadtxt(path, dtype=np.float32, delimiter=delimiter, ndmin=2))


@mistake("MD47", "Returns float64", hint="`np.loadtxt` computes in float64 unless you state the dtype.")
def load_table(path, delimiter):
    with open(path, newline="") as file:
        names = next(csv.reader(file, delimiter=delimiter))
    return names, torch.from_numpy(np.loadtxt(path, delimiter=delimiter, skiprows=1, ndmin=2))


@mistake("MD113", "Loses the first row of numbers", hint="One line is to be skipped. Was it skipped twice?")
def load_table(path, delimiter):
    with open(path, newline="") as file:
        lines = list(csv.reader(file, delimiter=delimiter))
    return lines[0], torch.tensor([[float(x) for x in line] for line in lines[2:]])


@mistake("MD114", "Splits the line of names by hand", hint="Quotes belong to the format, not to the names, and they may hide a delimiter. `csv.reader` knows.")
def load_table(path, delimiter):
    with open(path) as file:
        names = file.readline().strip().split(delimiter)
    return names, torch.from_numpy(np.loadtxt(path, dtype=np.float32, delimiter=delimiter, skiprows=1, ndmin=2))


@mistake("MD115", "Makes a vector of a single row", hint="`np.loadtxt` drops axes of size 1. A table of one row is still a table; look for an argument that keeps two axes.")
def load_table(path, delimiter):
    with open(path, newline="") as file:
        names = next(csv.reader(file, delimiter=delimiter))
    return names, torch.from_numpy(np.loadtxt(path, dtype=np.float32, delimiter=delimiter, skiprows=1))


@mistake("MD323", "Splits the names at every delimiter", hint="A delimiter within quotes belongs to the name. `csv.reader` knows that, `split` does not.")
def load_table(path, delimiter):
    with open(path, encoding="utf-8") as file:
        names = [name.strip('"') for name in file.readline().strip().split(delimiter)]
    return names, torch.from_numpy(np.loadtxt(path, dtype=np.float32, delimiter=delimiter, skiprows=1, ndmin=2))


@mistake("MD324", "Lays a single column down as a row", hint="Two axes are not enough: a file with one column has as many rows as lines. Look for an argument of `np.loadtxt` that keeps two axes.")
def load_table(path, delimiter):
    with open(path, newline="", encoding="utf-8") as file:
        names = next(csv.reader(file, delimiter=delimiter))
    numbers = np.loadtxt(path, dtype=np.float32, delimiter=delimiter, skiprows=1)
    return names, torch.from_numpy(np.atleast_2d(numbers))
