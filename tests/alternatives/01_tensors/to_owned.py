import torch

from grader import alternative


@alternative("from_numpy, clone, float")
def to_owned(array):
    return torch.from_numpy(array).clone().float()


@alternative("an empty tensor, filled")
def to_owned(array):
    return torch.empty(array.shape).copy_(torch.as_tensor(array))


@alternative("astype copies")
def to_owned(array):
    return torch.from_numpy(array.astype("float32", copy=True))


@alternative('Tensor of what astype copies')
def to_owned(array):
    return torch.Tensor(array.astype("float32"))
