import torch

from grader import mistake


@mistake("MC28", "Has true and predicted classes the wrong way round", hint="Rows are the true classes, columns the predicted ones.")
def confusion(labels, predicted, classes):
    return torch.bincount(predicted * classes + labels, minlength=classes**2).reshape(classes, classes)


@mistake("MC354", "Leaves out the classes at the end that do not occur", hint="`bincount` stops at the largest number that it sees, unless it is given a `minlength`.")
def confusion(labels, predicted, classes):
    return torch.bincount(labels * classes + predicted).reshape(classes, classes)


@mistake("MC355", "Marks pairs instead of counting them", hint="Assigning with index tensors writes 1 once, however often a pair occurs; so does `+= 1`.")
def confusion(labels, predicted, classes):
    matrix = torch.zeros(classes, classes, dtype=torch.int64)
    matrix[labels, predicted] += 1
    return matrix


@mistake("MC356", "Counts in floating point", hint="Counts are integers: int64.")
def confusion(labels, predicted, classes):
    matrix = torch.zeros(classes, classes)
    for i, j in zip(labels, predicted):
        matrix[i, j] += 1
    return matrix


@mistake("MC357", "Counts hits and nothing else", hint="A confusion has a place as well: off the diagonal.")
def confusion(labels, predicted, classes):
    return torch.bincount(labels[labels == predicted], minlength=classes).diag()


@mistake("MC358", "Numbers the pairs so that some share a number", hint="The pair (i, j) needs a number of its own: i times the number of classes, plus j.")
def confusion(labels, predicted, classes):
    return torch.bincount(labels * (classes - 1) + predicted, minlength=classes**2).reshape(classes, classes)


@mistake("MC359", "Returns shares of the rows", hint="Counts were asked for; shares come later.")
def confusion(labels, predicted, classes):
    matrix = torch.bincount(labels * classes + predicted, minlength=classes**2).reshape(classes, classes)
    return matrix / matrix.sum(dim=1, keepdim=True).clamp(min=1)


@mistake("MC757", "Counts in uint8", hint="uint8 ends at 255, and begins again at 0. Count in int64.")
def confusion(labels, predicted, classes):
    matrix = torch.zeros(classes, classes, dtype=torch.uint8)
    for i, j in zip(labels.tolist(), predicted.tolist()):
        matrix[i, j] += 1
    return matrix.long()


@mistake("MC758", "Counts in as many classes as occur", hint="The pair (i, j) is the number i · `classes` + j, also where some classes are missing.")
def confusion(labels, predicted, classes):
    k = int(torch.cat([labels, predicted]).max()) + 1 if len(labels) else 0
    counts = torch.bincount(labels * k + predicted, minlength=classes * classes)
    return counts[: classes * classes].reshape(classes, classes)


@mistake("MC759", "Changes the labels in place", hint="`*=` and methods with an underscore write into the tensor of the caller.")
def confusion(labels, predicted, classes):
    labels *= classes
    return torch.bincount(labels + predicted, minlength=classes * classes).reshape(classes, classes)
