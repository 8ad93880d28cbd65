import torch

from grader import mistake


@mistake("MD28", "Loses the rows on the boundaries", hint="Every row belongs to exactly one group. Where do the rows with exactly `low` and exactly `high` go?")
def group_means(table, low, high):
    inputs, quality = table[:, :-1], table[:, -1]
    groups = (quality < low, (quality > low) & (quality < high), quality > high)
    return torch.stack([inputs[group].mean(dim=0) for group in groups])


@mistake("MD127", "Counts the boundaries twice", hint="`low` is bad and `high` is good; neither is middling as well.")
def group_means(table, low, high):
    inputs, quality = table[:, :-1], table[:, -1]
    groups = (quality <= low, (quality >= low) & (quality <= high), quality >= high)
    return torch.stack([inputs[group].mean(dim=0) for group in groups])


@mistake("MD128", "Adds up instead of averaging", hint="Groups of different sizes can only be compared by their means.")
def group_means(table, low, high):
    inputs, quality = table[:, :-1], table[:, -1]
    groups = (quality <= low, (quality > low) & (quality < high), quality >= high)
    return torch.stack([inputs[group].sum(dim=0) for group in groups])


@mistake("MD129", "Combines conditions with `and`", hint="`and` wants one truth value for a whole tensor. Use `&`, and put each comparison in brackets.")
def group_means(table, low, high):
    inputs, quality = table[:, :-1], table[:, -1]
    groups = (quality <= low, quality > low and quality < high, quality >= high)
    return torch.stack([inputs[group].mean(dim=0) for group in groups])


@mistake("MD130", "Begins with the good ones", hint="The order is bad, middling, good.")
def group_means(table, low, high):
    inputs, quality = table[:, :-1], table[:, -1]
    groups = (quality >= high, (quality > low) & (quality < high), quality <= low)
    return torch.stack([inputs[group].mean(dim=0) for group in groups])


@mistake("MD328", "Divides by the number of all rows", hint="The mean of a group is its sum, divided by how many rows it has itself.")
def group_means(table, low, high):
    inputs, quality = table[:, :-1], table[:, -1]
    masks = (quality <= low, (quality > low) & (quality < high), quality >= high)
    return torch.stack([(inputs * m.unsqueeze(1)).mean(dim=0) for m in masks])


@mistake("MD415", "Uses the limits of the example", hint="`low` and `high` are arguments.")
def group_means(table, low=3, high=7):
    inputs, quality = table[:, :-1], table[:, -1]
    masks = quality <= 3, (quality > 3) & (quality < 7), quality >= 7
    return torch.stack([inputs[m].mean(dim=0) for m in masks])


@mistake("MD416", "Puts the limits into the middle", hint="Exactly `low` is bad, and exactly `high` is good: <= and >=.")
def group_means(table, low, high):
    inputs, quality = table[:, :-1], table[:, -1]
    masks = quality < low, (quality >= low) & (quality <= high), quality > high
    return torch.stack([inputs[m].mean(dim=0) if m.any() else inputs.new_zeros(inputs.shape[1]) for m in masks])


@mistake("MD417", "Counts the upper limit in the middle, too", hint="Exactly `high` is good, and good alone: the middle ends below it.")
def group_means(table, low, high):
    inputs, quality = table[:, :-1], table[:, -1]
    masks = quality <= low, (quality > low) & (quality <= high), quality >= high
    return torch.stack([inputs[m].mean(dim=0) for m in masks])


@mistake("MD418", "Takes all that is not bad for middling", hint="Middling lies between: above `low` and below `high`.")
def group_means(table, low, high):
    inputs, quality = table[:, :-1], table[:, -1]
    return torch.stack([inputs[m].mean(dim=0) for m in (quality <= low, quality > low, quality >= high)])


@mistake("MD544", "Counts exactly `high` as middling", hint="Bad is <= low, and good is >= high: of the two limits each belongs to the group outside. To `bucketize`, by default, both belong below.")
def group_means(table, low, high):
    inputs, quality = table[:, :-1], table[:, -1]
    masks = quality <= low, (quality > low) & (quality <= high), quality > high
    return torch.stack([inputs[mask].mean(dim=0) for mask in masks])


@mistake("MD117", "Leaves the target among the inputs", hint="With the answer among the inputs, any network looks brilliant. The inputs end before the last column.")
def group_means(table, low, high):
    quality = table[:, -1]
    groups = (quality <= low, (quality > low) & (quality < high), quality >= high)
    return torch.stack([table[group].mean(dim=0) for group in groups])


@mistake("MD119", "Takes the first column for the target", hint="The quality stands in the last column.")
def group_means(table, low, high):
    inputs, quality = table[:, 1:], table[:, 0]
    groups = (quality <= low, (quality > low) & (quality < high), quality >= high)
    return torch.stack([inputs[group].mean(dim=0) for group in groups])


@mistake("MD407", "Takes the twelfth column for the target", hint="Tables have any number of columns; the quality is in the last of them, -1.")
def group_means(table, low, high):
    quality = table[:, 11]
    groups = (quality <= low, (quality > low) & (quality < high), quality >= high)
    return torch.stack([table[group, :11].mean(dim=0) for group in groups])
