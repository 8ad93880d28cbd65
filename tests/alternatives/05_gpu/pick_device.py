import torch

from grader import alternative


@alternative("a helper and a generator")
def pick_device(prefer=("cuda", "xpu", "mps", "cpu")):
    def there(name):
        if name == "cuda":
            return torch.cuda.is_available()
        if name == "xpu":
            return torch.xpu.is_available()
        return name == "cpu" or torch.backends.mps.is_available()

    for name in prefer:
        if name not in ("cuda", "xpu", "mps", "cpu"):
            raise ValueError(f"what is {name}?")
    found = next((name for name in prefer if there(name)), None)
    if found is None:
        raise RuntimeError("nothing of that is there")
    return torch.device(found)


@alternative("counts the cards")
def pick_device(prefer=("cuda", "xpu", "mps", "cpu")):
    counts = {
        "cuda": torch.cuda.device_count(),
        "xpu": torch.xpu.device_count(),
        "mps": int(torch.backends.mps.is_available()),
        "cpu": 1,
    }
    for name in prefer:
        if name not in counts:
            raise ValueError(name)
    names = [name for name in prefer if counts[name] > 0]
    if not names:
        raise RuntimeError("nothing there")
    return torch.device(names[0])
