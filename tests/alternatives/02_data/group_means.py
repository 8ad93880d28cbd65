import torch

from grader import alternative


@alternative("weights that add up to 1")
def group_means(table, low, high):
    inputs, quality = table[:, :-1], table[:, -1]
    middle = (quality > low).logical_and(quality < high)
    masks = torch.stack([quality.le(low), middle, quality.ge(high)]).float()
    return (masks / masks.sum(1, keepdim=True)) @ inputs


@alternative("group numbers")
def group_means(table, low, high):
    inputs, quality = table[:, :-1], table[:, -1]
    group = (quality > low).long() + (quality >= high).long()
    rows = []
    for number in range(3):
        rows.append(inputs[(group == number).nonzero().squeeze(1)].mean(0, keepdim=True))
    return torch.cat(rows)
