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


@mistake("MD47a", "Returns float64", hint="float32 was asked for, and NumPy computes in float64 unless you name the dtype.")
def load_rides(path):
    return torch.from_numpy(np.loadtxt(path, delimiter=",", skiprows=1, converters={1: lambda d: float(d[8:10])}))


@mistake("MD141", "Does not convert the date", hint="A date is no number. Give `np.loadtxt` a converter for its column.")
def load_rides(path):
    return torch.from_numpy(np.loadtxt(path, dtype=np.float32, delimiter=",", skiprows=1))


@mistake("MD423", "Keeps whole days only", hint="Every row of the file belongs to the table, also those of a day that has not ended.")
def load_rides(path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = [[float(v) if i != 1 else float(v[-2:]) for i, v in enumerate(row)] for row in list(csv.reader(file))[1:]]
    keep = len(rows) // 24 * 24 or len(rows)
    return torch.tensor(rows[:keep])


@mistake("MD424", "Keeps one row for each day of the month and hour", hint="The 5th of January and the 5th of February are two days. Collect rows in a list; a dict keeps one for each key.")
def load_rides(path):
    seen = {}
    with open(path, encoding="utf-8", newline="") as file:
        for row in list(csv.reader(file))[1:]:
            seen[row[1][8:], row[5]] = [float(v) if i != 1 else float(v[8:]) for i, v in enumerate(row)]
    return torch.tensor(list(seen.values()))


@mistake("MD425", "Counts the days from the first one", hint="The day of the month is asked for: the characters 8 and 9 of the date.")
def load_rides(path):
    from datetime import date

    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    start = date.fromisoformat(rows[0][1])
    for row in rows:
        row[1] = (date.fromisoformat(row[1]) - start).days + start.day
    return torch.tensor([[float(v) for v in row] for row in rows])
