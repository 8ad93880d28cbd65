import torch

from grader import alternative


@alternative("open files")
def roundtrip(t, path):
    with open(path, "wb") as f:
        torch.save(t, f)
    with open(path, "rb") as f:
        return torch.load(f)


@alternative("a dict in the file is not asked for, but map_location is fine")
def roundtrip(t, path):
    torch.save(t.clone(), path)
    return torch.load(path, map_location="cpu", weights_only=True)
