import numpy as np
import torch

from grader import alternative


@alternative("an array of its own first")
def last_rows(path, n):
    table = np.load(path, mmap_mode="r")
    start = table.shape[0] - n
    return torch.from_numpy(np.array(table[start:], copy=True))


@alternative("the header, then a seek")
def last_rows(path, n):
    with open(path, "rb") as file:
        version = np.lib.format.read_magic(file)
        shape, _, dtype = np.lib.format.read_array_header_1_0(file)
        file.seek(file.tell() + (shape[0] - n) * shape[1] * dtype.itemsize)
        rows = np.fromfile(file, dtype=dtype, count=n * shape[1])
    return torch.from_numpy(rows.reshape(n, shape[1]))
