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
