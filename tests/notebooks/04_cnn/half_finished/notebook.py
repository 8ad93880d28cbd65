# %% question="report"
def percentages(matrix, names):
    found = {}
    for i, name in enumerate(names):
        row = matrix[i].tolist()
        found[name] = 100 * row[i] / sum(row) if sum(row) > 0 else None
    found["all"] = 100 * matrix.diag().sum().item() / matrix.sum().item()
    return found


def worst_pair(matrix, names):
    raise NotImplementedError


check("report")
