# %%
import random

SEED = 42
random.seed(SEED)
np.random.seed(SEED)
torch.manual_seed(SEED)


# %% question="split_indices"
def split_indices(n, fraction, seed):
    torch.manual_seed(seed)
    order = torch.randperm(n)
    cut = n - int(fraction * n)
    return order[:cut], order[cut:]


def split_pairs(x, y, fraction, seed):
    train, validation = split_indices(len(x), fraction, seed)
    return x[train], y[train], x[validation], y[validation]


# %% question="make_loaders"
def make_loaders(train, validation, batch_size, seed):
    torch.manual_seed(seed)
    return DataLoader(train, batch_size=batch_size, shuffle=True), DataLoader(validation, batch_size=batch_size)


def n_batches(n, batch_size, drop_last):
    torch.manual_seed(SEED)
    return n // batch_size if drop_last else (n + batch_size - 1) // batch_size


# %% question="random_crop"
def random_crop(image, size, generator):
    torch.manual_seed(SEED)
    top = torch.randint(0, image.shape[1] - size + 1, (1,)).item()
    left = torch.randint(0, image.shape[2] - size + 1, (1,)).item()
    return image[:, top : top + size, left : left + size]


# %%
torch.manual_seed(0)
torch.use_deterministic_algorithms(True)
