import csv

import numpy as np
import torch

from grader import alternative


@alternative("csv alone")
def load_table(path, delimiter):
    with open(path, newline="", encoding="utf-8") as file:
        names, *rows = csv.reader(file, delimiter=delimiter)
    return names, torch.tensor([[float(x) for x in row] for row in rows], dtype=torch.float32)


@alternative("genfromtxt")
def load_table(path, delimiter):
    with open(path, newline="") as file:
        header = next(csv.reader(file, delimiter=delimiter))
    body = np.genfromtxt(path, delimiter=delimiter, skip_header=1, ndmin=2)
    return header, torch.as_tensor(body).to(torch.float32)
