from itertools import pairwise

import torch
from torch import nn

from grader import mistake


@mistake("MC416", "Gives the convolutions a bias", hint="The batch norm behind it would subtract it again: bias=False.")
def build_cnn(widths, dropout, classes):
    parts, side = [], 28
    for n, m in pairwise((1, *widths)):
        parts += [nn.Conv2d(n, m, 3, padding=1), nn.BatchNorm2d(m), nn.ReLU(), nn.MaxPool2d(2)]
        side //= 2
    return nn.Sequential(*parts, nn.Flatten(), nn.Dropout(dropout), nn.Linear(widths[-1] * side**2, classes))


@mistake("MC417", "Lets the pictures shrink in the convolutions", hint="A block keeps the size up to its pooling: padding 1 for a 3×3 filter.")
def build_cnn(widths, dropout, classes):
    parts, side = [], 28
    for n, m in pairwise((1, *widths)):
        parts += [nn.Conv2d(n, m, 3, bias=False), nn.BatchNorm2d(m), nn.ReLU(), nn.MaxPool2d(2)]
        side = (side - 2) // 2
    return nn.Sequential(*parts, nn.Flatten(), nn.Dropout(dropout), nn.Linear(widths[-1] * side**2, classes))


@mistake("MC418", "Puts batch norm behind the ReLU", hint="Convolution, batch norm, ReLU, pooling.")
def build_cnn(widths, dropout, classes):
    parts, side = [], 28
    for n, m in pairwise((1, *widths)):
        parts += [nn.Conv2d(n, m, 3, padding=1, bias=False), nn.ReLU(), nn.BatchNorm2d(m), nn.MaxPool2d(2)]
        side //= 2
    return nn.Sequential(*parts, nn.Flatten(), nn.Dropout(dropout), nn.Linear(widths[-1] * side**2, classes))


@mistake("MC419", "Nests the blocks", hint="All parts lie side by side in one nn.Sequential.")
def build_cnn(widths, dropout, classes):
    blocks, side = [], 28
    for n, m in pairwise((1, *widths)):
        blocks.append(nn.Sequential(nn.Conv2d(n, m, 3, padding=1, bias=False), nn.BatchNorm2d(m), nn.ReLU(), nn.MaxPool2d(2)))
        side //= 2
    return nn.Sequential(*blocks, nn.Flatten(), nn.Dropout(dropout), nn.Linear(widths[-1] * side**2, classes))


@mistake("MC420", "Counts other sizes than the poolings leave", hint="28, 14, 7, 3: each pooling rounds down.")
def build_cnn(widths, dropout, classes):
    parts = []
    for n, m in pairwise((1, *widths)):
        parts += [nn.Conv2d(n, m, 3, padding=1, bias=False), nn.BatchNorm2d(m), nn.ReLU(), nn.MaxPool2d(2)]
    side = round(28 / 2 ** len(widths))
    return nn.Sequential(*parts, nn.Flatten(), nn.Dropout(dropout), nn.Linear(widths[-1] * side**2, classes))


@mistake("MC421", "Keeps what was to be dropped", hint="The argument is the probability of becoming 0, as in `nn.Dropout`.")
def build_cnn(widths, dropout, classes):
    parts, side = [], 28
    for n, m in pairwise((1, *widths)):
        parts += [nn.Conv2d(n, m, 3, padding=1, bias=False), nn.BatchNorm2d(m), nn.ReLU(), nn.MaxPool2d(2)]
        side //= 2
    return nn.Sequential(*parts, nn.Flatten(), nn.Dropout(1 - dropout), nn.Linear(widths[-1] * side**2, classes))


@mistake("MC422", "Ends with a softmax", hint="Logits come out of a network; the list of parts ends with nn.Linear.")
def build_cnn(widths, dropout, classes):
    parts, side = [], 28
    for n, m in pairwise((1, *widths)):
        parts += [nn.Conv2d(n, m, 3, padding=1, bias=False), nn.BatchNorm2d(m), nn.ReLU(), nn.MaxPool2d(2)]
        side //= 2
    last = nn.Linear(widths[-1] * side**2, classes)
    return nn.Sequential(*parts, nn.Flatten(), nn.Dropout(dropout), last, nn.Softmax(dim=1))


@mistake("MC423", "Uses a stride in the convolution and a pooling", hint="The convolution keeps the size; only the pooling halves it.")
def build_cnn(widths, dropout, classes):
    parts, side = [], 28
    for i, (n, m) in enumerate(pairwise((1, *widths))):
        conv = nn.Conv2d(n, m, 3, padding=1, bias=False, stride=1 if i else 2)
        parts += [conv, nn.BatchNorm2d(m), nn.ReLU(), nn.MaxPool2d(2) if i else nn.MaxPool2d(2, stride=1, padding=1)]
        side = side // 2 if i else 15
    return nn.Sequential(*parts, nn.Flatten(), nn.Dropout(dropout), nn.Linear(widths[-1] * side**2, classes))


@mistake("MC424", "Shares one batch norm among blocks of one width", hint="Each block has layers of its own.")
def build_cnn(widths, dropout, classes):
    parts, side, norms = [], 28, nn.BatchNorm2d(widths[0])
    for n, m in pairwise((1, *widths)):
        norm = norms if m == widths[0] else nn.BatchNorm2d(m)
        parts += [nn.Conv2d(n, m, 3, padding=1, bias=False), norm, nn.ReLU(), nn.MaxPool2d(2)]
        side //= 2
    return nn.Sequential(*parts, nn.Flatten(), nn.Dropout(dropout), nn.Linear(widths[-1] * side**2, classes))


@mistake("MC636", "Writes into the list of widths", hint="The list belongs to somebody else, and need not be a list.")
def build_cnn(widths, dropout, classes):
    widths.insert(0, 1)
    parts, side = [], 28
    for a, b in pairwise(widths):
        parts += [nn.Conv2d(a, b, 3, padding=1, bias=False), nn.BatchNorm2d(b), nn.ReLU(), nn.MaxPool2d(2)]
        side //= 2
    return nn.Sequential(*parts, nn.Flatten(), nn.Dropout(dropout), nn.Linear(widths[-1] * side * side, classes))


@mistake("MC810", "Drops half, whatever was asked for", hint="The probability is an argument: hand it on to `nn.Dropout`.")
def build_cnn(widths, dropout, classes):
    parts, side = [], 28
    for a, b in pairwise((1, *widths)):
        parts += [nn.Conv2d(a, b, 3, padding=1, bias=False), nn.BatchNorm2d(b), nn.ReLU(), nn.MaxPool2d(2)]
        side //= 2
    return nn.Sequential(*parts, nn.Flatten(), nn.Dropout(), nn.Linear(widths[-1] * side * side, classes))
