import torch

from grader import alternative


@alternative("counts them")
def updates(mode, n, batch_size, epochs):
    sizes = {"all": n, "single": 1, "batch": batch_size}
    if mode not in sizes:
        raise ValueError(mode)
    return sum(len(range(0, n, sizes[mode])) for _ in range(epochs))


@alternative("rounds up with integers")
def updates(mode, n, batch_size, epochs):
    match mode:
        case "all":
            return epochs
        case "single":
            return epochs * n
        case "batch":
            return epochs * -(-n // batch_size)
    raise ValueError(f"no mode {mode!r}")


@alternative("a sum that is set back")
def running_means(losses, every):
    means, total = [], 0.0
    for i, loss in enumerate(losses, start=1):
        total += loss
        if i % every == 0:
            means.append(total / every)
            total = 0.0
    return means


@alternative("a table of windows")
def running_means(losses, every):
    full = len(losses) // every * every
    return torch.tensor(losses[:full], dtype=torch.float64).reshape(-1, every).mean(dim=1).tolist()
