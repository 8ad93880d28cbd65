import torch

from grader import mistake


@mistake("MD200", "Keeps the old labels", hint="A network with two outputs knows the classes 0 and 1. Renumber.")
def subset_relabel(dataset, keep):
    return [(picture, label) for picture, label in dataset if label in keep]


@mistake("MD201", "Numbers the classes in sorted order", hint="The new label is the place in `keep`; with [2, 0], class 2 becomes 0.")
def subset_relabel(dataset, keep):
    order = sorted(keep)
    return [(picture, order.index(label)) for picture, label in dataset if label in order]


@mistake("MD202", "Numbers the samples instead of the classes", hint="All samples of one class have one label.")
def subset_relabel(dataset, keep):
    kept = [picture for picture, label in dataset if label in keep]
    return [(picture, i) for i, picture in enumerate(kept)]


@mistake("MD203", "Groups the samples by class", hint="The samples stay in the order of the dataset.")
def subset_relabel(dataset, keep):
    return [(picture, new) for new, old in enumerate(keep) for picture, label in dataset if label == old]


@mistake("MD204", "Makes tensors of the labels", hint="Labels of samples are Python ints.")
def subset_relabel(dataset, keep):
    return [(picture, torch.tensor(keep.index(label))) for picture, label in dataset if label in keep]


@mistake("MD205", "Works for lists only", hint="A dataset has a length and gives samples by number. It need not know slices.")
def subset_relabel(dataset, keep):
    return [(picture, keep.index(label)) for picture, label in dataset[:] if label in keep]


@mistake("MD478", "Takes the new label 0 for none", hint="0 counts as false. Ask whether the label is in `keep`, or compare with None.")
def subset_relabel(dataset, keep):
    new = {label: i for i, label in enumerate(keep)}
    out = []
    for i in range(len(dataset)):
        picture, label = dataset[i]
        if (k := new.get(label)):
            out.append((picture, k))
    return out


@mistake("MD479", "Looks the new label up as if it were the old one", hint="From old to new: the old label is the key.")
def subset_relabel(dataset, keep):
    new = dict(enumerate(keep))
    out = []
    for i in range(len(dataset)):
        picture, label = dataset[i]
        if label in keep:
            out.append((picture, int(new.get(label, keep.index(label)))))
    return out
