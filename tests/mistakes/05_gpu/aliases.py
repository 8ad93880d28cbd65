import numpy as np
import torch

from grader import mistake


@mistake("MG144", "Thinks that as_tensor always shares", hint="Two memories cannot share. Onto a card, `as_tensor` copies.")
def aliases(array, device, dtype=None):
    torch.as_tensor(array, dtype=dtype, device=device)
    return True


@mistake("MG145", "Forgets that another dtype means a copy", hint="A new dtype needs new memory, on the CPU too.")
def aliases(array, device, dtype=None):
    return torch.device(device).type == "cpu"


@mistake("MG146", "Writes into the array and leaves it there", hint="Whoever tests by writing has to undo it.")
def aliases(array, device, dtype=None):
    t = torch.as_tensor(array, dtype=dtype, device=device)
    array += 1
    return bool((t.cpu() == torch.as_tensor(array)).all())


@mistake("MG147", "Compares numbers instead of memory", hint="Equal numbers may lie in two places. Ask for addresses, or change one and look at the other.")
def aliases(array, device, dtype=None):
    t = torch.as_tensor(array, dtype=dtype, device=device)
    return bool(np.allclose(t.cpu().double().numpy(), array))


@mistake("MG148", "Thinks that naming a dtype is a change of it", hint="A dtype that the array already has changes nothing, and copies nothing.")
def aliases(array, device, dtype=None):
    return torch.device(device).type == "cpu" and dtype is None


@mistake("MG403", "Writes into the array to find out", hint="If the two share memory, what you write into the tensor is in the array, too. Only look.")
def aliases(array, device, dtype=None):
    before = array.copy()
    t = torch.as_tensor(array, dtype=dtype, device=device)
    t.fill_(0 if array.flat[0] != 0 else 1)
    return not np.array_equal(before, array)


@mistake("MG404", "Asks NumPy about a tensor on the card", hint="`numpy()` of a tensor on a card raises. There, nothing can be shared in any case.")
def aliases(array, device, dtype=None):
    t = torch.as_tensor(array, dtype=dtype, device=device)
    return np.shares_memory(array, t.numpy())


@mistake("MG466", "Goes by the size of the numbers", hint="int64 and float64 are as long as each other, and yet one has to be converted into the other. Compare the dtypes.")
def aliases(array, device, dtype=None):
    if torch.device(device).type != "cpu":
        return False
    return dtype is None or torch.empty(0, dtype=dtype).element_size() == array.itemsize


@mistake("MG467", "Asks a contiguous copy of the array", hint="`np.ascontiguousarray` copies an array that is not contiguous, and a copy shares nothing. Ask the array itself.")
def aliases(array, device, dtype=None):
    t = torch.as_tensor(array, dtype=dtype, device=device)
    return t.device.type == "cpu" and np.shares_memory(np.ascontiguousarray(array), t.numpy())


@mistake("MG468", "Takes float32 for the dtype that None means", hint="None means the dtype of the array, whichever that is.")
def aliases(array, device, dtype=None):
    wanted = dtype or torch.get_default_dtype()
    return torch.device(device).type == "cpu" and torch.as_tensor(array).dtype == wanted


@mistake("MG571", "Adds one and takes it away again", hint="Beside a one, a small number loses its digits, and the array is not what it was. Keep the old number and put it back, or only look.")
def aliases(array, device, dtype=None):
    t = torch.as_tensor(array, dtype=dtype, device=device)
    first = (0,) * array.ndim
    before = t[first].item()
    array[first] += 1
    changed = t[first].item() != before
    array[first] -= 1
    return changed
