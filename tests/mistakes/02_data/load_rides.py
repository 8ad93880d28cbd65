import numpy as np
import torch

from grader import mistake


@mistake("MD137", "Takes the month from the date", hint="In 2025-03-01 the month comes before the day. Count the characters from 0.")
def load_rides(path):
    return torch.from_numpy(
        np.loadtxt(path, dtype=np.float32, delimiter=",", skiprows=1, converters={1: lambda d: float(d[5:7])})
    )


@mistake("MD138", "Takes the last digit of the day", hint="Days have up to two digits: characters 8 and 9.")
def load_rides(path):
    return torch.from_numpy(
        np.loadtxt(path, dtype=np.float32, delimiter=",", skiprows=1, converters={1: lambda d: float(d[9])})
    )


@mistake("MD139", "Leaves the date out", hint="The table has seventeen columns; the day of the month stands in column 1.")
def load_rides(path):
    columns = [0, *range(2, 17)]
    return torch.from_numpy(np.loadtxt(path, dtype=np.float32, delimiter=",", skiprows=1, usecols=columns))


@mistake("MD47a", "Returns float64", hint="`np.loadtxt` computes in float64 unless you state the dtype.")
def load_rides(path):
    return torch.from_numpy(np.loadtxt(path, delimiter=",", skiprows=1, converters={1: lambda d: float(d[8:10])}))


@mistake("MD141", "Does not convert the date", hint="A date is no number. Give `np.loadtxt` a converter for its column.")
def load_rides(path):
    return torch.from_numpy(np.loadtxt(path, dtype=np.float32, delimiter=",", skiprows=1))
