import csv
import datetime

import numpy as np
import torch

from grader import alternative


@alternative("csv and datetime")
def load_rides(path):
    with open(path, newline="") as file:
        rows = list(csv.reader(file))[1:]
    for row in rows:
        row[1] = datetime.date.fromisoformat(row[1]).day
    return torch.tensor([[float(value) for value in row] for row in rows])


@alternative("split the date")
def load_rides(path):
    day = lambda text: int(text.split("-")[-1])
    table = np.loadtxt(path, delimiter=",", skiprows=1, converters={1: day}, encoding="utf-8")
    return torch.tensor(table, dtype=torch.float32)
