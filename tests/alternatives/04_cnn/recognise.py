import torch
from torch import nn

from grader import alternative


@alternative("an open file")
def read_labels(path):
    names = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            name = line.strip()
            if name:
                names.append(name)
    return names


@alternative("strips the whole text first")
def read_labels(path):
    with open(path, "rb") as file:
        return list(map(str.strip, file.read().decode().strip().split("\n")))


@alternative("sorted pairs")
def recognise(model, prepare, photo, names, k):
    with torch.inference_mode():
        out = model.train(False)(prepare(photo)[None])
    percent = (torch.nn.functional.softmax(out, dim=1)[0] * 100).tolist()
    return sorted(zip(names, percent), key=lambda pair: -pair[1])[:k]


@alternative("sort")
def recognise(model, prepare, photo, names, k):
    model.eval()
    with torch.no_grad():
        out = model(torch.stack([prepare(photo)]))
        _, order = torch.sort(out, descending=True)
        percentage = nn.Softmax(dim=1)(out)[0] * 100
    return [(names[i], percentage[i].item()) for i in order[0][:k]]
