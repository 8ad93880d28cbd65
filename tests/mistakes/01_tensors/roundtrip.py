import os

import torch

from grader import mistake


@mistake("MT175", "Returns the tensor without reading the file", hint="The result was to come from the file, not from your argument.")
def roundtrip(t, path):
    torch.save(t, path)
    return t


@mistake("MT176", "Leaves no file behind", hint="Save the tensor under the path, load it from there, and leave the file where it is.")
def roundtrip(t, path):
    return t.clone()


@mistake("MT341", "Leaves another file behind", hint="The file at `path` was asked for, and no other.")
def roundtrip(t, path):
    with open(path + ".tmp", "wb") as f:
        torch.save(t, f)
    with open(path + ".tmp", "rb") as src, open(path, "wb") as dst:
        dst.write(src.read())
    return torch.load(path)


@mistake("MT444", 'Keeps a file that is there already', hint='When the notebook runs again, the file of the last time is there. Write this tensor in any case.')
def roundtrip(t, path):
    if not os.path.exists(path):
        torch.save(t, path)
    return torch.load(path)


@mistake("MT545", "Adds an ending to the name of the file", hint="The file was to have the name that it is given, with or without an ending; PyTorch needs none.")
def roundtrip(t, path):
    path = path if path.endswith(".pt") else f"{path}.pt"
    torch.save(t, path)
    return torch.load(path)


@mistake("MT559", "Lets the result be the file's own memory", hint="With `mmap=True` the numbers stay in the file, and change when it is written anew. The result was to have memory of its own.")
def roundtrip(t, path):
    torch.save(t, path)
    return torch.load(path, mmap=True)
