# %% question="load_batch"
def load_batch(paths):
    batch = np.stack([np.array(Image.open(path))[..., :3].transpose(2, 0, 1) for path in paths])
    return torch.from_numpy(batch)


# %% question="dominant_channel"
def brightness(image):
    return np.mean(image.numpy())


def dominant_channel(image):
    return ["red", "green", "blue"][np.argmax(image.numpy().mean(axis=(1, 2)))]


# %% question="one_hot"
def one_hot(codes, n):
    return torch.from_numpy(np.eye(n)[codes.numpy()])


def thermometer(codes, n):
    return torch.from_numpy(np.tril(np.ones((n, n)))[codes.numpy()]).float()


# %% question="standardise_columns"
def standardise_columns(train, test):
    train, test = train.numpy(), test.numpy()
    mean, std = train.mean(axis=0), train.std(axis=0)
    std[std == 0] = 1
    return torch.from_numpy((train - mean) / std), torch.from_numpy((test - mean) / std)


# %% question="to_days"
def to_days(table, hours=24):
    array = table.numpy()
    if len(array) % hours:
        raise ValueError
    return torch.from_numpy(array.reshape(-1, hours, array.shape[1]).transpose(0, 2, 1))


# %% question="class_counts"
def class_counts(targets, n):
    return np.bincount(targets, minlength=n)


def class_weights(counts):
    counts = np.asarray(counts)
    with np.errstate(divide="ignore"):
        weights = counts.sum() / (len(counts) * counts)
    weights[counts == 0] = 0
    return torch.tensor(weights)


# %% question="split_indices"
def split_indices(n, fraction, seed):
    order = np.random.default_rng(seed).permutation(n)
    cut = n - int(fraction * n)
    return torch.from_numpy(order[:cut]), torch.from_numpy(order[cut:])


def split_pairs(x, y, fraction, seed):
    train, validation = split_indices(len(x), fraction, seed)
    return x[train], y[train], x[validation], y[validation]
