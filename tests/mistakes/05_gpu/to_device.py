import torch

from grader import mistake


@mistake("MG11", "Calls to on the container", hint="Lists and dicts have no `.to`. Walk through them.")
def to_device(obj, device):
    return obj.to(device)


@mistake("MG149", "Looks one level deep", hint="A list may hold dicts that hold lists. Let the function call itself.")
def to_device(obj, device):
    def one(value):
        return value.to(device) if isinstance(value, torch.Tensor) else value

    if isinstance(obj, dict):
        return {key: one(value) for key, value in obj.items()}
    if isinstance(obj, list):
        return [one(value) for value in obj]
    if isinstance(obj, tuple):
        moved = [one(value) for value in obj]
        return type(obj)(*moved) if hasattr(obj, "_fields") else tuple(moved)
    return one(obj)


@mistake("MG150", "Makes lists of tuples", hint="A tuple should come back as a tuple.")
def to_device(obj, device):
    if isinstance(obj, torch.Tensor):
        return obj.to(device)
    if isinstance(obj, dict):
        return {key: to_device(value, device) for key, value in obj.items()}
    if isinstance(obj, tuple) and hasattr(obj, "_fields"):
        return type(obj)(*(to_device(value, device) for value in obj))
    if isinstance(obj, (list, tuple)):
        return [to_device(value, device) for value in obj]
    return obj


@mistake("MG151", "Makes plain tuples of named ones", hint="A named tuple is a tuple too. Its class takes the fields as separate arguments.")
def to_device(obj, device):
    if isinstance(obj, torch.Tensor):
        return obj.to(device)
    if isinstance(obj, dict):
        return {key: to_device(value, device) for key, value in obj.items()}
    if isinstance(obj, (list, tuple)):
        moved = [to_device(value, device) for value in obj]
        return moved if isinstance(obj, list) else tuple(moved)
    return obj


@mistake("MG152", "Drops what is no tensor", hint="Names and numbers belong to the batch. Hand them back as they are.")
def to_device(obj, device):
    if isinstance(obj, torch.Tensor):
        return obj.to(device)
    if isinstance(obj, dict):
        return {key: to_device(value, device) for key, value in obj.items()}
    if isinstance(obj, list):
        return [to_device(value, device) for value in obj]
    if isinstance(obj, tuple):
        moved = [to_device(value, device) for value in obj]
        return type(obj)(*moved) if hasattr(obj, "_fields") else tuple(moved)


@mistake("MG153", "Changes the caller's lists and dicts", hint="Build new ones: somebody else may still use the old structure.")
def to_device(obj, device):
    if isinstance(obj, torch.Tensor):
        return obj.to(device)
    if isinstance(obj, (list, dict)):
        for key in range(len(obj)) if isinstance(obj, list) else obj:
            obj[key] = to_device(obj[key], device)
        return obj
    if isinstance(obj, tuple):
        moved = [to_device(value, device) for value in obj]
        return type(obj)(*moved) if hasattr(obj, "_fields") else tuple(moved)
    return obj


@mistake("MG154", "Loses the keys of a dict", hint="A dict has keys and values; both belong to the result.")
def to_device(obj, device):
    if isinstance(obj, torch.Tensor):
        return obj.to(device)
    if isinstance(obj, dict):
        return [to_device(value, device) for value in obj.values()]
    if isinstance(obj, list):
        return [to_device(value, device) for value in obj]
    if isinstance(obj, tuple):
        moved = [to_device(value, device) for value in obj]
        return type(obj)(*moved) if hasattr(obj, "_fields") else tuple(moved)
    return obj


@mistake("MG359", "Moves whatever has a to", hint="A model has a `.to`, too, and is moved by it in place. Only tensors are to be moved.")
def to_device(obj, device):
    if hasattr(obj, "to"):
        return obj.to(device)
    if isinstance(obj, dict):
        return {key: to_device(value, device) for key, value in obj.items()}
    if isinstance(obj, list):
        return [to_device(value, device) for value in obj]
    if isinstance(obj, tuple):
        moved = [to_device(value, device) for value in obj]
        return type(obj)(*moved) if hasattr(obj, "_fields") else tuple(moved)
    return obj


@mistake("MG429", "Makes tensors of numbers", hint="What is no tensor comes back as it is.")
def to_device(obj, device):
    def go(o):
        if isinstance(o, torch.Tensor):
            return o.to(device)
        if isinstance(o, (int, float)):
            return torch.tensor(o, device=device)
        if isinstance(o, dict):
            return {k: go(v) for k, v in o.items()}
        if isinstance(o, tuple) and hasattr(o, "_fields"):
            return o._make(map(go, o))
        if isinstance(o, (list, tuple)):
            return type(o)(map(go, o))
        return o

    return go(obj)


@mistake("MG504", "Gives back lists in which nothing moved", hint="New lists were asked for. Who changes the list that came back would change the caller's, too.")
def to_device(obj, device):
    if isinstance(obj, torch.Tensor):
        return obj.to(device)
    if isinstance(obj, dict):
        return {key: to_device(value, device) for key, value in obj.items()}
    if isinstance(obj, list | tuple):
        moved = [to_device(value, device) for value in obj]
        if all(new is old for new, old in zip(moved, obj)):
            return obj
        return type(obj)(*moved) if hasattr(obj, "_fields") else type(obj)(moved)
    return obj


@mistake("MG505", "Sorts the keys", hint="The keys of the new dict were to stand in the order of the old one.")
def to_device(obj, device):
    if isinstance(obj, torch.Tensor):
        return obj.to(device)
    if isinstance(obj, dict):
        return {key: to_device(obj[key], device) for key in sorted(obj, key=str)}
    if isinstance(obj, list | tuple):
        moved = [to_device(value, device) for value in obj]
        return type(obj)(*moved) if hasattr(obj, "_fields") else type(obj)(moved)
    return obj


@mistake("MG506", "Takes tensors in the same memory for the same", hint="A matrix and its transpose lie in the same memory and have the same shape, and are two tensors. Move each.")
def to_device(obj, device):
    seen = {}

    def walk(obj):
        if isinstance(obj, torch.Tensor):
            return seen.setdefault((obj.data_ptr(), obj.shape, obj.dtype), obj.to(device))
        if isinstance(obj, dict):
            return {key: walk(value) for key, value in obj.items()}
        if isinstance(obj, list | tuple):
            moved = [walk(value) for value in obj]
            return type(obj)(*moved) if hasattr(obj, "_fields") else type(obj)(moved)
        return obj

    return walk(obj)


@mistake("MG530", "Makes new numbers of tensors in a tuple", hint="`torch.tensor(t.tolist())` knows neither the dtype nor the graph. A tensor in a tuple is moved like any other.")
def to_device(obj, device):
    if isinstance(obj, torch.Tensor):
        return obj.to(device)
    if isinstance(obj, list | tuple):
        moved = [
            torch.tensor(v.tolist(), device=device) if isinstance(v, torch.Tensor) else to_device(v, device) for v in obj
        ]
        return type(obj)(*moved) if hasattr(obj, "_fields") else type(obj)(moved)
    if isinstance(obj, dict):
        return {key: to_device(value, device) for key, value in obj.items()}
    return obj


@mistake("MG535", "Writes into the dict that it was given", hint="`obj[key] = …` changes the caller's dict. Build a new one, as for lists and tuples.")
def to_device(obj, device):
    if isinstance(obj, torch.Tensor):
        return obj.to(device)
    if isinstance(obj, dict):
        for key, value in obj.items():
            obj[key] = to_device(value, device)
    if isinstance(obj, list):
        return [to_device(value, device) for value in obj]
    if isinstance(obj, tuple):
        moved = [to_device(value, device) for value in obj]
        return type(obj)(*moved) if hasattr(obj, "_fields") else tuple(moved)
    return obj
