from pathlib import Path

import torch

from grader import mistake


@mistake("MC471", "Keeps the ends of the lines", hint="Each line ends with a line break, and may have spaces around the name: strip it.")
def read_labels(path):
    with open(path, encoding="utf-8") as file:
        return [line for line in file if line.strip()]


@mistake("MC472", "Splits at commas", hint="A name may contain commas; one line is one name.")
def read_labels(path):
    text = Path(path).read_text(encoding="utf-8")
    return [name.strip() for line in text.splitlines() for name in line.split(",") if name.strip()]


@mistake("MC473", "Splits at spaces", hint="A name may contain spaces; one line is one name.")
def read_labels(path):
    return Path(path).read_text(encoding="utf-8").split()


@mistake("MC474", "Takes empty lines for names", hint="An empty line at the end is no class.")
def read_labels(path):
    return [line.strip() for line in Path(path).read_text(encoding="utf-8").split("\n")]


@mistake("MC475", "Reads the file as something else than UTF-8", hint="Say encoding=\"utf-8\" when you open it.")
def read_labels(path):
    return [line.strip() for line in Path(path).read_text(encoding="latin-1").splitlines() if line.strip()]


@mistake("MC32", "Sorts with the smallest first", hint="The most probable class comes first.")
def recognise(model, prepare, photo, names, k):
    model.eval()
    with torch.no_grad():
        p = model(prepare(photo).unsqueeze(0))[0].softmax(dim=0)
    return [(names[int(i)], 100 * p[i].item()) for i in p.argsort()[:k]]


@mistake("MC476", "Forgets the batch axis", hint="A single photograph is a batch of one: add an axis in front.")
def recognise(model, prepare, photo, names, k):
    model.eval()
    with torch.no_grad():
        p = model(prepare(photo)).flatten().softmax(dim=0)
    return [(names[int(i)], 100 * p[i].item()) for i in p.argsort(descending=True)[:k]]


@mistake("MC477", "Does not prepare the photograph", hint="The network wants what it was trained with: call `prepare` first.")
def recognise(model, prepare, photo, names, k):
    model.eval()
    with torch.no_grad():
        p = model(photo.unsqueeze(0))[0].softmax(dim=0)
    return [(names[int(i)], 100 * p[i].item()) for i in p.argsort(descending=True)[:k]]


@mistake("MC478", "Asks in training mode", hint="Dropout and batch norm: `model.eval()` first.")
def recognise(model, prepare, photo, names, k):
    model.train()
    with torch.no_grad():
        p = model(torch.stack([prepare(photo)] * 2))[0].softmax(dim=0)
    return [(names[int(i)], 100 * p[i].item()) for i in p.argsort(descending=True)[:k]]


@mistake("MC479", "Returns probabilities between 0 and 1", hint="In percent: 0 to 100.")
def recognise(model, prepare, photo, names, k):
    model.eval()
    with torch.no_grad():
        p = model(prepare(photo).unsqueeze(0))[0].softmax(dim=0)
    return [(names[int(i)], p[i].item()) for i in p.argsort(descending=True)[:k]]


@mistake("MC480", "Returns scores for probabilities", hint="The softmax turns scores into probabilities.")
def recognise(model, prepare, photo, names, k):
    model.eval()
    with torch.no_grad():
        best = model(prepare(photo).unsqueeze(0))[0].topk(k)
    return [(names[int(i)], 100 * v.item()) for v, i in zip(best.values, best.indices)]


@mistake("MC481", "Normalises the k best among themselves", hint="First the softmax over all classes, then the choice.")
def recognise(model, prepare, photo, names, k):
    model.eval()
    with torch.no_grad():
        best = model(prepare(photo).unsqueeze(0))[0].topk(k)
    return [(names[int(i)], 100 * v.item()) for v, i in zip(best.values.softmax(0), best.indices)]


@mistake("MC482", "Builds a graph", hint="Nobody will call `backward`: use `no_grad`.")
def recognise(model, prepare, photo, names, k):
    model.eval()
    p = model(prepare(photo).unsqueeze(0))[0].softmax(dim=0)
    return [(names[int(i)], 100 * p[i].item()) for i in p.argsort(descending=True)[:k]]


@mistake("MC483", "Returns numbers of classes", hint="The names were asked for.")
def recognise(model, prepare, photo, names, k):
    model.eval()
    with torch.no_grad():
        p = model(prepare(photo).unsqueeze(0))[0].softmax(dim=0)
    return [(int(i), 100 * p[i].item()) for i in p.argsort(descending=True)[:k]]


@mistake("MC627", "Keeps the empty lines at the end", hint="Empty lines do not count.")
def read_labels(path):
    with open(path, encoding="utf-8") as f:
        return [line.strip() for line in f]


@mistake("MC628", "Adds the batch axis to the photograph itself", hint="`unsqueeze_` changes its tensor, which may be the photograph. Without the underscore it does not.")
def recognise(model, prepare, photo, names, k):
    model.eval()
    with torch.no_grad():
        p = model(prepare(photo).unsqueeze_(0)).softmax(dim=1)[0]
    values, indexes = p.topk(k)
    return [(names[i], 100 * v) for v, i in zip(values.tolist(), indexes.tolist())]


@mistake("MC789", "Makes one space of several", hint="Only spaces around a name do not belong to it; those within it do.")
def read_labels(path):
    return [" ".join(line.split()) for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]


@mistake("MC790", "Drops names that come twice", hint="Two classes may have the same name (\"crane\" is a bird and a machine). Without one of them, all names behind it are those of other classes.")
def read_labels(path):
    return list(dict.fromkeys(line.strip() for line in open(path, encoding="utf-8") if line.strip()))


@mistake("MC791", "Keeps one guess per name", hint="Two classes may have the same name; a dict keeps one of them.")
def recognise(model, prepare, photo, names, k):
    model.eval()
    with torch.no_grad():
        p = model(prepare(photo)[None])[0].softmax(0).tolist()
    table = dict(zip(names, p))
    return [(n, 100 * q) for n, q in sorted(table.items(), key=lambda item: -item[1])[:k]]


@mistake("MC792", "Rounds the percentages", hint="They were asked for as they are.")
def recognise(model, prepare, photo, names, k):
    model.eval()
    with torch.no_grad():
        best = model(prepare(photo)[None])[0].softmax(0).topk(k)
    return [(names[i], round(100 * p, 1)) for i, p in zip(best.indices.tolist(), best.values.tolist())]
