import torch

from grader import mistake


@mistake("MC26", "Divides by how often a class was predicted", hint="That is the precision. The samples of a class stand in its row: divide by the sum of the row.")
def percentages(matrix, names):
    found = {}
    for i, name in enumerate(names):
        count = int(matrix[:, i].sum())
        found[name] = 100 * int(matrix[i, i]) / count if count else None
    found["all"] = 100 * int(matrix.trace()) / int(matrix.sum())
    return found


@mistake("MC25b", "Cuts the percentage off", hint="`//` drops the decimals: 54.7 % becomes 54.")
def percentages(matrix, names):
    found = {}
    for i, name in enumerate(names):
        count = int(matrix[i].sum())
        found[name] = float(100 * int(matrix[i, i]) // count) if count else None
    found["all"] = float(100 * int(matrix.trace()) // int(matrix.sum()))
    return found


@mistake("MC360", "Returns shares between 0 and 1", hint="Percent were asked for: 0 to 100.")
def percentages(matrix, names):
    found = {}
    for i, name in enumerate(names):
        count = int(matrix[i].sum())
        found[name] = int(matrix[i, i]) / count if count else None
    found["all"] = int(matrix.trace()) / int(matrix.sum())
    return found


@mistake("MC361", "Averages the classes instead of the samples", hint="Classes differ in size. All hits divided by all samples.")
def percentages(matrix, names):
    found = {}
    for i, name in enumerate(names):
        count = int(matrix[i].sum())
        found[name] = 100 * int(matrix[i, i]) / count if count else None
    known = [p for p in found.values() if p is not None]
    found["all"] = sum(known) / len(known)
    return found


@mistake("MC362", "Gives a class without samples 0 %", hint="Nothing is known about such a class: None.")
def percentages(matrix, names):
    found = {}
    for i, name in enumerate(names):
        count = int(matrix[i].sum())
        found[name] = 100 * int(matrix[i, i]) / count if count else 0.0
    found["all"] = 100 * int(matrix.trace()) / int(matrix.sum())
    return found


@mistake("MC363", "Divides each class by the number of all samples", hint="The accuracy of a class is the share of its own samples.")
def percentages(matrix, names):
    total = int(matrix.sum())
    found = {name: 100 * int(matrix[i, i]) / total if matrix[i].sum() else None for i, name in enumerate(names)}
    found["all"] = 100 * int(matrix.trace()) / total
    return found


@mistake("MC364", "Leaves the percentages in tensors", hint="Python floats were asked for.")
def percentages(matrix, names):
    found = {name: 100 * matrix[i, i] / matrix[i].sum() if matrix[i].sum() else None for i, name in enumerate(names)}
    found["all"] = 100 * matrix.trace() / matrix.sum()
    return found


@mistake("MC365", "Erases the diagonal of the caller's matrix", hint="`fill_diagonal_` works in place. Work on a clone.")
def worst_pair(matrix, names):
    matrix.fill_diagonal_(0)
    i, j = divmod(int(matrix.argmax()), len(names))
    return names[i], names[j], int(matrix[i, j])


@mistake("MC366", "Looks at the diagonal as well", hint="The diagonal holds the hits. Leave it out.")
def worst_pair(matrix, names):
    i, j = divmod(int(matrix.argmax()), len(names))
    return names[i], names[j], int(matrix[i, j])


@mistake("MC367", "Names the predicted class first", hint="First the true class (row), then what it was taken for (column).")
def worst_pair(matrix, names):
    errors = matrix - matrix.diag().diag()
    i, j = divmod(int(errors.argmax()), len(names))
    return names[j], names[i], int(errors[i, j])


@mistake("MC368", "Takes the last of several", hint="The first in reading order, if several are equally frequent.")
def worst_pair(matrix, names):
    errors = (matrix - matrix.diag().diag()).flatten()
    i, j = divmod(len(errors) - 1 - int(errors.flip(0).argmax()), len(names))
    return names[i], names[j], int(matrix[i, j])


@mistake("MC369", "Adds up both directions of a confusion", hint="Shirts taken for coats and coats taken for shirts are two different entries.")
def worst_pair(matrix, names):
    errors = matrix - matrix.diag().diag()
    errors = errors + errors.T
    i, j = divmod(int(errors.argmax()), len(names))
    return names[i], names[j], int(errors[i, j])


@mistake("MC629", "Gives NaN for a class without samples", hint="0 / 0 has no answer: the text asks for None.")
def percentages(matrix, names):
    shares = 100 * matrix.diag().double() / matrix.sum(dim=1)
    result = dict(zip(names, shares.tolist()))
    result["all"] = (100 * matrix.diag().sum().double() / matrix.sum()).item()
    return result


@mistake("MC760", "Rounds the percentages", hint="They were asked for as they are; whoever prints them rounds.")
def percentages(matrix, names):
    hits, sums = matrix.diagonal().tolist(), matrix.sum(1).tolist()
    table = {n: round(100 * h / s, 2) if s else None for n, h, s in zip(names, hits, sums)}
    table["all"] = round(100 * sum(hits) / sum(sums), 2)
    return table


@mistake("MC761", "Adds both directions of a confusion", hint="Shirts taken for coats and coats taken for shirts are two confusions; each entry counts alone.")
def worst_pair(matrix, names):
    both = (matrix + matrix.T).triu(1)
    i, j = divmod(int(both.flatten().argmax()), len(names))
    if matrix[j, i] > matrix[i, j]:
        i, j = j, i
    return names[i], names[j], int(matrix[i, j])


@mistake("MC762", "Takes the largest share of a class", hint="The most frequent confusion was asked for: the largest number, not the largest part of a row.")
def worst_pair(matrix, names):
    share = matrix / matrix.sum(1, keepdim=True).clamp(min=1)
    share.fill_diagonal_(-1)
    i, j = divmod(int(share.flatten().argmax()), len(names))
    return names[i], names[j], int(matrix[i, j])


@mistake("MC763", "Looks through equal numbers column by column", hint="Reading order is row after row.")
def worst_pair(matrix, names):
    off = (matrix - torch.diag(matrix.diagonal())).T.contiguous()
    j, i = divmod(int(off.flatten().argmax()), len(names))
    return names[i], names[j], int(matrix[i, j])
