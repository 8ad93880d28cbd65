import torch

from grader import alternative


@alternative("lists and a loop")
def class_rows(targets, classes, per_class):
    found = []
    for label in range(classes):
        own = [i for i, t in enumerate(targets.tolist()) if t == label][:per_class]
        if len(own) != per_class:
            raise ValueError(f"class {label} has only {len(own)}")
        found += own
    return torch.tensor(found)


@alternative("a stable sort, and the counts")
def class_rows(targets, classes, per_class):
    counts = torch.bincount(targets, minlength=classes)
    if counts.min() < per_class:
        raise ValueError(counts)
    order = targets.argsort(stable=True)
    starts = counts.cumsum(0) - counts
    return order[(starts[:, None] + torch.arange(per_class)).flatten()]


@alternative("picture by picture into a sheet of zeros")
def sheet(images, columns):
    n, c, h, w = images.shape
    rows = (n + columns - 1) // columns
    out = images.new_zeros(c, rows * h, columns * w)
    for i in range(n):
        y, x = i // columns * h, i % columns * w
        out[:, y : y + h, x : x + w] = images[i]
    return out


@alternative("cat twice")
def sheet(images, columns):
    missing = -len(images) % columns
    images = torch.cat([images, torch.zeros_like(images[:1]).repeat(missing, 1, 1, 1)])
    return torch.cat([torch.cat(list(row), dim=2) for row in images.split(columns)], dim=1)
