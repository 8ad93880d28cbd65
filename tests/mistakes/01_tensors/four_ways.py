import torch

from grader import mistake


@mistake("MT04", "Copies where sharing was asked", hint="`torch.tensor` copies on purpose. `as_tensor` and `from_numpy` share.")
def four_ways(array):
    return {
        "Tensor": torch.Tensor(array),
        "tensor": torch.tensor(array),
        "as_tensor": torch.tensor(array),
        "from_numpy": torch.from_numpy(array),
    }


@mistake("MT01", "Takes torch.tensor for torch.Tensor", hint="One letter decides: the class always makes float32, the function infers the dtype.")
def four_ways(array):
    return {
        "Tensor": torch.tensor(array),
        "tensor": torch.tensor(array),
        "as_tensor": torch.as_tensor(array),
        "from_numpy": torch.from_numpy(array),
    }


@mistake("MT67", "Makes all of them float32", hint="Only the class has an opinion on the dtype; the other three keep the array's.")
def four_ways(array):
    return {
        "Tensor": torch.Tensor(array),
        "tensor": torch.tensor(array, dtype=torch.float32),
        "as_tensor": torch.as_tensor(array, dtype=torch.float32),
        "from_numpy": torch.from_numpy(array).float(),
    }


@mistake("MT318", "Hands a copy to `as_tensor`", hint="`as_tensor` shares the array's memory if it is given the array itself.")
def four_ways(array):
    array = array.copy()
    return {
        "Tensor": torch.Tensor(array),
        "tensor": torch.tensor(array),
        "as_tensor": torch.as_tensor(array),
        "from_numpy": torch.from_numpy(array),
    }


@mistake("MT430", 'Copies a float32 array for `Tensor`', hint='The table says that `torch.Tensor` shares the memory of an array that is float32 already.')
def four_ways(array):
    return {
        "Tensor": torch.tensor(array, dtype=torch.float32),
        "tensor": torch.tensor(array),
        "as_tensor": torch.as_tensor(array),
        "from_numpy": torch.from_numpy(array),
    }
