import torch

from grader import alternative


@alternative("by the addresses")
def aliases(array, device, dtype=None):
    t = torch.as_tensor(array, device=device, dtype=dtype)
    return not t.is_cuda and t.data_ptr() == array.__array_interface__["data"][0]


@alternative("by the rule")
def aliases(array, device, dtype=None):
    same_dtype = dtype is None or dtype == torch.from_numpy(array).dtype
    return torch.device(device) == torch.device("cpu") and same_dtype


@alternative("writes, looks, and undoes it")
def aliases(array, device, dtype=None):
    t = torch.as_tensor(array, dtype=dtype, device=device)
    before = t.cpu().clone()
    kept = array.copy()
    array += 1
    shared = not torch.equal(before, t.cpu())
    array[...] = kept
    return shared
