from collections import Counter

import numpy as np
import torch

from grader import alternative


@alternative("NumPy first")
def photos_as_batch(photos):
    batch = np.stack(photos).transpose(0, 3, 1, 2).astype(np.float32) / np.float32(255)
    return torch.from_numpy(np.ascontiguousarray(batch))


@alternative("written into a batch")
def photos_as_batch(photos):
    height, width, _ = photos[0].shape
    batch = torch.empty(len(photos), 3, height, width)
    for i, photo in enumerate(photos):
        for channel in range(3):
            batch[i, channel] = torch.tensor(photo[:, :, channel])
    return batch.div_(255)


@alternative("a sum of floats, as the loop was")
def average_photo(photos):
    total = torch.zeros(photos.shape[1:], dtype=torch.float64)
    for photo in photos:
        total += photo
    return (total / len(photos)).float()


@alternative("whole numbers that are large enough")
def average_photo(photos):
    return photos.sum(dim=0, dtype=torch.int64).div(photos.shape[0])


@alternative("rows of an identity")
def weather_slots(hours, column, n):
    return torch.eye(n)[hours[:, column].int() - 1]


@alternative("a comparison")
def weather_slots(hours, column, n):
    return (hours[:, [column]] == torch.arange(1, n + 1)).float()


@alternative("the whole table on the scale of its training rows, then split")
def scaled_parts(table, fraction, seed):
    g = torch.Generator()
    g.manual_seed(seed)
    order = torch.randperm(table.shape[0], generator=g)
    n = table.shape[0] - int(fraction * table.shape[0])
    std, mean = torch.std_mean(table[order[:n]], dim=0)
    shuffled = ((table - mean) / std)[order]
    return [shuffled[:n], shuffled[n:]]


@alternative("Counter")
def names_seen(loader, names):
    seen = Counter(label for _, labels in loader for label in labels.tolist())
    return {name: seen[label] for label, name in names.items()}


@alternative("bincount of all labels")
def names_seen(loader, names):
    labels = torch.cat([labels for _, labels in loader])
    return {name: int((labels == label).sum()) for label, name in names.items()}
