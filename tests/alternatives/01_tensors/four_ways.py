import torch

from grader import alternative


@alternative("FloatTensor and asarray")
def four_ways(array):
    return {"from_numpy": torch.from_numpy(array), "as_tensor": torch.asarray(array), "tensor": torch.tensor(array.copy()), "Tensor": torch.FloatTensor(array) if array.dtype == "float32" else torch.FloatTensor(array.astype("float32"))}
