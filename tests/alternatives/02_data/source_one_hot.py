import re

import torch

from grader import alternative


@alternative("findall and the unit matrix")
def source_one_hot(source):
    found = re.findall(r"\w+", source)
    words = sorted({*found})
    return words, torch.eye(len(words))[[words.index(word) for word in found]]


@alternative("scatter_")
def source_one_hot(source):
    found = list(filter(None, re.split("[^a-zA-Z0-9_²]+", source)))
    place = {word: i for i, word in enumerate(sorted(set(found)))}
    index = torch.tensor([place[word] for word in found]).unsqueeze(1)
    return list(place), torch.zeros(len(found), len(place)).scatter_(1, index, 1)
