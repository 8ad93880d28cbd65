# %%
import numpy as np

# %% question="edge_maps"
def edge_maps(images):
    array = np.pad(images.numpy(), ((0, 0), (0, 0), (1, 1), (1, 1)))
    n, _, h, w = images.shape
    across = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    maps = np.zeros((n, 3, h, w), dtype=np.float32)
    for k, kernel in enumerate((across, across.T, np.ones((3, 3)) / 9)):
        for i in range(3):
            for j in range(3):
                maps[:, k] += kernel[i, j] * array[:, 0, i : i + h, j : j + w]
    return torch.from_numpy(maps)


# %% question="confusion"
def confusion(labels, predicted, classes):
    matrix = np.zeros((classes, classes), dtype=int)
    np.add.at(matrix, (labels.numpy(), predicted.numpy()), 1)
    return matrix


# %% question="report"
def percentages(matrix, names):
    m = np.asarray(matrix)
    found = {name: 100 * m[i, i] / m[i].sum() if m[i].sum() else None for i, name in enumerate(names)}
    return {**found, "all": 100 * np.trace(m) / m.sum()}


def worst_pair(matrix, names):
    m = np.array(matrix)
    np.fill_diagonal(m, 0)
    i, j = np.unravel_index(m.argmax(), m.shape)
    return names[i], names[j], m[i, j]
