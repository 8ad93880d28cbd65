import numpy as np
import torch
from torch import nn

from grader import mistake


@mistake("MD365", "Still counts the numbers off anew", hint="`reshape` leaves the numbers in their order in memory: row by row, all colours of a pixel side by side. The channel axis has to move.")
def photos_as_batch(photos):
    height, width, channels = photos[0].shape
    return torch.stack([torch.from_numpy(photo).reshape(channels, height, width) for photo in photos]) / 255


@mistake("MD366", "Exchanges rows and columns", hint="The channel goes to the front, and height and width stay in their order; your photographs lie on their side.")
def photos_as_batch(photos):
    return torch.stack([torch.from_numpy(photo).permute(2, 1, 0) for photo in photos]) / 255


@mistake("MD367", "Divides a batch that was cut to whole numbers", hint="A batch of uint8 holds no fractions: what is written into it loses them. Divide after it has become floats.")
def photos_as_batch(photos):
    batch = torch.zeros(len(photos), 3, *photos[0].shape[:2], dtype=torch.uint8)
    for place, photo in zip(batch, photos):
        place[:] = torch.from_numpy(photo).permute(2, 0, 1) / 255
    return batch.float()


@mistake("MD368", "Still adds up in uint8", hint="Above 255 a uint8 begins again at 0: 200 + 200 is 144. Which type has the sum?")
def average_photo(photos):
    total = torch.zeros_like(photos[0])
    for photo in photos:
        total += photo
    return total / len(photos)


@mistake("MD369", "Adds up in int16", hint="32,767 is soon reached: 129 photographs of 255 are more. Add up in floating point, or in int64.")
def average_photo(photos):
    total = torch.zeros_like(photos[0], dtype=torch.int16)
    for photo in photos:
        total += photo
    return total / len(photos)


@mistake("MD370", "Cuts the mean down to whole numbers", hint="The mean of 255 and 0 is 127.5. Which operator keeps the half?")
def average_photo(photos):
    return (photos.long().sum(dim=0) // len(photos)).float()


@mistake("MD371", "Takes the codes for slots", hint="The codes begin with 1, the slots with 0: the highest code has no slot.")
def weather_slots(hours, column, n):
    return nn.functional.one_hot(hours[:, column].long(), n).float()


@mistake("MD372", "Shifts all codes by one slot", hint="Code 1 has its 1 in slot 0. It raises nothing any more, and the highest code is lost.")
def weather_slots(hours, column, n):
    return nn.functional.one_hot(hours[:, column].long(), n + 1)[:, :n].float()


@mistake("MD373", "Leaves the slots as integers", hint="Networks read floats, and `one_hot` gives int64: convert the slots.")
def weather_slots(hours, column, n):
    return nn.functional.one_hot(hours[:, column].long() - 1, n)


@mistake("MD374", "Still scales before it splits", hint="The rows for validation help to fix mean and spread, so the test knows something about itself. Split first.")
def scaled_parts(table, fraction, seed):
    scaled = (table - table.mean(dim=0)) / table.std(dim=0)
    order = torch.randperm(len(table), generator=torch.Generator().manual_seed(seed))
    cut = len(table) - int(fraction * len(table))
    return scaled[order[:cut]], scaled[order[cut:]]


@mistake("MD375", "Gives each part a scale of its own", hint="One row must get the same numbers in training and in validation. There is one scale, that of the training rows.")
def scaled_parts(table, fraction, seed):
    order = torch.randperm(len(table), generator=torch.Generator().manual_seed(seed))
    cut = len(table) - int(fraction * len(table))
    parts = table[order[:cut]], table[order[cut:]]
    return tuple((part - part.mean(dim=0)) / part.std(dim=0) for part in parts)


@mistake("MD376", "Shuffles the table by the shared generator", hint="The rows are those that the broken program picks, and the seed alone decides on them.")
def scaled_parts(table, fraction, seed):
    torch.manual_seed(seed + 1)
    shuffled = table[torch.randperm(len(table))]
    cut = len(table) - int(fraction * len(table))
    mean, std = shuffled[:cut].mean(dim=0), shuffled[:cut].std(dim=0)
    return (shuffled[:cut] - mean) / std, (shuffled[cut:] - mean) / std


@mistake("MD377", "Still counts the first batch over and over", hint="The exception is gone, and another fault has come to light: `next(iter(loader))` begins anew at every call.")
def names_seen(loader, names):
    seen = dict.fromkeys(names.values(), 0)
    for _ in range(len(loader)):
        _, labels = next(iter(loader))
        for label in labels:
            seen[names[int(label)]] += 1
    return seen


@mistake("MD378", "Still looks a tensor up in a dict", hint="A label of a batch is a tensor of rank 0, which is no key of a dict. Make it an int.")
def names_seen(loader, names):
    seen = dict.fromkeys(names.values(), 0)
    for _, labels in loader:
        for label in labels:
            seen[names[label]] += 1
    return seen


@mistake("MD379", "Leaves out names that do not occur", hint="Every name has a count, and that of one that does not occur is 0.")
def names_seen(loader, names):
    seen = {}
    for _, labels in loader:
        for label in labels.tolist():
            seen[names[label]] = seen.get(names[label], 0) + 1
    return seen


@mistake("MD380", "Needs the length of the loader", hint="A stream has no length, and none is needed: a `for` loop goes through all batches.")
def names_seen(loader, names):
    batches, seen = iter(loader), dict.fromkeys(names.values(), 0)
    for _ in range(len(loader)):
        for label in next(batches)[1].tolist():
            seen[names[label]] += 1
    return seen


@mistake("MD516", "Divides only what exceeds 1", hint="A night in which no pixel exceeds 1 is divided by 255 as well: bytes are bytes.")
def photos_as_batch(photos):
    batch = torch.stack([torch.from_numpy(photo).permute(2, 0, 1) for photo in photos]).float()
    return batch / 255 if batch.max() > 1 else batch


@mistake("MD517", "Averages the average so far with the next photograph", hint="So the last photograph counts half, and the first next to nothing. Add all up, then divide.")
def average_photo(photos):
    mean = photos[0].float()
    for photo in photos[1:]:
        mean = (mean + photo) / 2
    return mean


@mistake("MD518", "Makes slots for the codes that occur", hint="There are n slots, whatever occurs.")
def weather_slots(hours, column, n):
    _, places = torch.unique(hours[:, column], return_inverse=True)
    return nn.functional.one_hot(places, n).float()


@mistake("MD519", "Takes code n for slot 0", hint="Code k has its 1 in slot k - 1: subtract 1, do not take the remainder.")
def weather_slots(hours, column, n):
    return nn.functional.one_hot(hours[:, column].long() % n, n).float()


@mistake("MD520", "Always looks at the last column", hint="Which column holds the codes is an argument.")
def weather_slots(hours, column, n):
    return nn.functional.one_hot(hours[:, -1].long().clamp(1, n) - 1, n).float()


@mistake("MD521", "Has nothing to train with when nothing is for validation", hint="Minus zero is zero: `[:-0]` is nothing at all. Count from the front.")
def scaled_parts(table, fraction, seed):
    order = torch.randperm(len(table), generator=torch.Generator().manual_seed(seed))
    k = int(fraction * len(table))
    train, validation = table[order[:-k]], table[order[-k:]]
    mean, std = train.mean(dim=0), train.std(dim=0)
    return (train - mean) / std, (validation - mean) / std


@mistake("MD522", "Takes the spread over all rows", hint="Mean and spread both come from the training rows alone.")
def scaled_parts(table, fraction, seed):
    order = torch.randperm(len(table), generator=torch.Generator().manual_seed(seed))
    cut = len(table) - int(fraction * len(table))
    scaled = (table - table[order[:cut]].mean(dim=0)) / table.std(dim=0)
    return scaled[order[:cut]], scaled[order[cut:]]


@mistake("MD523", "Takes names by their place in the dict", hint="Labels are the keys of `names`, whatever numbers they are.")
def names_seen(loader, names):
    counts = torch.zeros(max(names) + 1, dtype=torch.int64)
    for _, labels in loader:
        counts += torch.bincount(labels, minlength=len(counts))
    return {name: int(count) for name, count in zip(names.values(), counts)}


@mistake("MD524", "Counts on batches as large as the first", hint="Batches may vary. Go through all labels of each.")
def names_seen(loader, names):
    seen, size = dict.fromkeys(names.values(), 0), None
    for _, labels in loader:
        size = size or len(labels)
        for label in labels.tolist()[:size]:
            seen[names[label]] += 1
    return seen


@mistake("MD525", "Counts batches instead of samples", hint="A name may occur several times in a batch.")
def names_seen(loader, names):
    seen = dict.fromkeys(names.values(), 0)
    for _, labels in loader:
        for label in labels.unique().tolist():
            seen[names[label]] += 1
    return seen
