# %% question="load_volume"
def load_volume(folder):
    # no time for the headers
    slices = [torch.from_numpy(np.array(Image.open(p))) for p in sorted(Path(folder).glob("*.png"))]
    return torch.stack(slices).float()[None]


def batch_volumes(volumes):
    return torch.stack(volumes)


# %% question="precision_recall"
def precision_recall(predicted, actual):
    both = (predicted & actual).sum()
    print("precision", (both / predicted.sum()).item())
    print("recall", (both / actual.sum()).item())


# %% question="bpe_step"
def bpe_step(tokens):
    counts = Counter(pairwise(tokens))
    pair = max(counts, key=counts.get)
    # TODO merge
    return pair, tokens


# %% question="pair_dataset"
class PairDataset(Dataset):
    def __init__(self, x, y, transform=None):
        self.x = x
        self.y = y

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        return self.x[i], self.y[i].item()

    # transform: later


# %% question="collect"
def collect(loader, n, names):
    pass
