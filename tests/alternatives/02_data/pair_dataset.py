import torch
from torch.utils.data import Dataset, TensorDataset

from grader import alternative


@alternative("an explicit IndexError, a list")
class PairDataset(Dataset):
    def __init__(self, x, y, transform=None):
        super().__init__()
        if x.shape[0] != y.shape[0]:
            raise ValueError("lengths")
        self.pairs = list(zip(x, y.tolist()))
        self.transform = transform or (lambda picture: picture)

    def __len__(self):
        return len(self.pairs)

    def __getitem__(self, i):
        if i >= len(self.pairs):
            raise IndexError(i)
        x, y = self.pairs[i]
        return self.transform(x), y


@alternative("no base class at all")
class PairDataset:
    def __init__(self, x, y, transform=None):
        if len(x) != len(y):
            raise ValueError
        self.inner = TensorDataset(x, y)
        self.transform = transform

    def __len__(self):
        return len(self.inner)

    def __getitem__(self, i):
        picture, label = self.inner[i]
        if self.transform is not None:
            picture = self.transform(picture)
        return (picture, label.item())
