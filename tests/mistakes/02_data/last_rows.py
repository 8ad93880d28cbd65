import numpy as np
import torch

from grader import mistake


@mistake("MD53a", "Returns all rows when none is wanted", hint="Minus zero is zero: `[-n:]` with n = 0 is everything. Count from the front.")
def last_rows(path, n):
    return torch.tensor(np.load(path, mmap_mode="r")[-n:])


@mistake("MD206", "Returns a window onto the file", hint="`from_numpy` shares the memory, and the memory here is the file. Copy the rows.")
def last_rows(path, n):
    table = np.load(path, mmap_mode="r+")
    return torch.from_numpy(table[len(table) - n :])


@mistake("MD207", "Reads the whole file", hint="Without `mmap_mode`, `np.load` reads everything, however little you take of it.")
def last_rows(path, n):
    table = np.load(path)
    return torch.tensor(table[len(table) - n :])


@mistake("MD208", "Takes the first rows", hint="The last n were asked for.")
def last_rows(path, n):
    return torch.tensor(np.load(path, mmap_mode="r")[:n])


@mistake("MD209", "Returns float64", hint="The file holds float32, and so should the tensor.")
def last_rows(path, n):
    table = np.load(path, mmap_mode="r")
    return torch.tensor(table[len(table) - n :].astype(np.float64))


@mistake("MD480", "Makes nothing of no rows", hint="A table without rows still has its columns: (0, F).")
def last_rows(path, n):
    if n == 0:
        return torch.zeros(0)
    return torch.tensor(np.load(path, mmap_mode="r")[-n:])
