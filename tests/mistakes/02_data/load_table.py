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


@mistake("MD47", "Returns float64", hint="float32 was asked for, and NumPy computes in float64 unless you name the dtype.")
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


@mistake("MD402", "Drops letters that are not English", hint="The file is in UTF-8, and names may hold any letter. Name the encoding when you open it.")
def load_table(path, delimiter):
    with open(path, encoding="ascii", errors="ignore", newline="") as file:
        rows = list(csv.reader(file, delimiter=delimiter))
    return rows[0], torch.tensor([[float(v) for v in row] for row in rows[1:]])


@mistake("MD403", "Guesses the delimiter", hint="The delimiter is an argument. Another character may be more frequent in the names.")
def load_table(path, delimiter):
    with open(path, encoding="utf-8", newline="") as file:
        first = file.readline()
        guess = max(";,\t", key=first.count)
        file.seek(0)
        rows = list(csv.reader(file, delimiter=guess))
    return rows[0], torch.tensor([[float(v) for v in row] for row in rows[1:]])


@mistake("MD404", "Takes the last row for an empty line", hint="The last line need not end with a line break. Look whether anything is left in a line before you drop it.")
def load_table(path, delimiter):
    with open(path, encoding="utf-8", newline="") as file:
        names = next(csv.reader(file, delimiter=delimiter))
    lines = Path(path).read_text(encoding="utf-8").split("\n")[1:-1]
    return names, torch.tensor([[float(v) for v in line.split(delimiter)] for line in lines]).reshape(-1, len(names))


@mistake("MD405", "Tidies the names up", hint="The names come as they stand in the file, without the quotes around them and otherwise unchanged.")
def load_table(path, delimiter):
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=delimiter))
    names = [name.strip().lower().replace(" ", "_") for name in rows[0]]
    return names, torch.tensor([[float(v) for v in row] for row in rows[1:]])


@mistake("MD406", "Takes the quotes off the first name only", hint="Every name may be in quotes. `csv.reader` knows.")
def load_table(path, delimiter):
    with open(path, encoding="utf-8", newline="") as file:
        line = file.readline().rstrip("\r\n")
    names, inside, word = [], False, ""
    for c in line:
        if c == '"':
            inside = not inside
            if not names:
                continue
        if c == delimiter and not inside:
            names.append(word)
            word = ""
        else:
            word += c
    names.append(word)
    data = np.loadtxt(path, dtype=np.float32, delimiter=delimiter, skiprows=1, ndmin=2, encoding="utf-8")
    return names, torch.from_numpy(data)


@mistake("MD545", "Splits the names at every delimiter and tidies the pieces", hint="A delimiter within quotes belongs to the name. `csv.reader` knows that, `split` does not.")
def load_table(path, delimiter):
    with open(path, encoding="utf-8") as file:
        names = [piece.strip().strip('"') for piece in file.readline().strip().split(delimiter)]
    return names, torch.from_numpy(np.loadtxt(path, dtype=np.float32, delimiter=delimiter, skiprows=1, ndmin=2))
