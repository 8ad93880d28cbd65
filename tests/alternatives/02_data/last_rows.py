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


@alternative("row after row from the start, the last of them kept")
def last_rows(path, n):
    with open(path, "rb") as file:
        np.lib.format.read_magic(file)
        (count, width), _, dtype = np.lib.format.read_array_header_1_0(file)
        rows = torch.empty(n, width)
        for i in range(count):
            row = np.fromfile(file, dtype=dtype, count=width)
            if i >= count - n:
                rows[i - count + n] = torch.from_numpy(row)
    return rows
