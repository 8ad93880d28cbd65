import numpy as np
import torch

from grader import mistake


@mistake("MT05", "Keeps NumPy's float64", hint="NumPy's default float is twice as wide as PyTorch's. Say which dtype you want.")
def to_owned(array):
    return torch.tensor(array)


@mistake("MT68", "Shares when the array is float32 already", hint="A conversion to the dtype that something already has copies nothing. Make sure of the copy.")
def to_owned(array):
    return torch.from_numpy(array).float()


@mistake("MT351", "Gives a scalar an axis", hint="An array without axes becomes a tensor without axes: no shape is to change.")
def to_owned(array):
    return torch.tensor(np.ascontiguousarray(array), dtype=torch.float32)


@mistake("MT552", "Lets PyTorch infer the dtype from a list", hint="From whole numbers it infers int64, from bools bool. Say which dtype you want.")
def to_owned(array):
    return torch.tensor(array.tolist())
