import torch
from torch.utils.data import Dataset

from grader import mistake


@mistake("MD49", "Begins again behind the last sample", hint="A loop over a dataset stops at the IndexError. Yours never comes.")
class PairDataset(Dataset):
    def __init__(self, x, y, transform=None):
        if len(x) != len(y):
            raise ValueError
        self.x, self.y, self.transform = x, y, transform

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        picture = self.x[i % len(self)]
        return (self.transform(picture) if self.transform else picture), int(self.y[i % len(self)])


@mistake("MD50", "Returns the picture alone", hint="A sample is a pair: the picture and its label.")
class PairDataset(Dataset):
    def __init__(self, x, y, transform=None):
        if len(x) != len(y):
            raise ValueError
        self.x, self.y, self.transform = x, y, transform

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        return self.transform(self.x[i]) if self.transform else self.x[i]


@mistake("MD195", "Leaves the label as a tensor", hint="The label of a sample was to be a Python int. (The loader makes a tensor of the batch's labels.)")
class PairDataset(Dataset):
    def __init__(self, x, y, transform=None):
        if len(x) != len(y):
            raise ValueError
        self.x, self.y, self.transform = x, y, transform

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        return (self.transform(self.x[i]) if self.transform else self.x[i]), self.y[i]


@mistake("MD64", "Transforms all pictures when it is made", hint="A random transform would then be drawn once and for all. Apply it when a sample is asked for.")
class PairDataset(Dataset):
    def __init__(self, x, y, transform=None):
        if len(x) != len(y):
            raise ValueError
        self.x, self.y = [transform(picture) if transform else picture for picture in x], y

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        return self.x[i], int(self.y[i])


@mistake("MD196", "Does not use the transform", hint="When a transform is given, its result takes the picture's place.")
class PairDataset(Dataset):
    def __init__(self, x, y, transform=None):
        if len(x) != len(y):
            raise ValueError
        self.x, self.y = x, y

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        return self.x[i], int(self.y[i])


@mistake("MD197", "Keeps what the transform returned the first time", hint="A memory for transformed pictures undoes augmentation: every call should transform anew.")
class PairDataset(Dataset):
    def __init__(self, x, y, transform=None):
        if len(x) != len(y):
            raise ValueError
        self.x, self.y, self.transform, self.seen = x, y, transform, {}

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        if i not in self.seen:
            self.seen[i] = self.transform(self.x[i]) if self.transform else self.x[i]
        return self.seen[i], int(self.y[i])


@mistake("MD198", "Counts something else than the samples", hint="`len` of the dataset is the number of pictures; look at which axis you measured.")
class PairDataset(Dataset):
    def __init__(self, x, y, transform=None):
        if len(x) != len(y):
            raise ValueError
        self.x, self.y, self.transform = x, y, transform

    def __len__(self):
        return len(self.x[0])

    def __getitem__(self, i):
        return (self.transform(self.x[i]) if self.transform else self.x[i]), int(self.y[i])


@mistake("MD199", "Accepts pictures without labels", hint="x and y of different lengths were to raise ValueError, at once and not when the sample is missed.")
class PairDataset(Dataset):
    def __init__(self, x, y, transform=None):
        self.x, self.y, self.transform = x, y, transform

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        return (self.transform(self.x[i]) if self.transform else self.x[i]), int(self.y[i])


@mistake("MD346", "Asserts instead of raising ValueError", hint="`assert` raises AssertionError, and nothing at all under `python -O`. Raise the ValueError yourself.")
class PairDataset(Dataset):
    def __init__(self, x, y, transform=None):
        assert len(x) == len(y), "x and y differ in length"
        self.data = list(zip(x, y.tolist()))
        self.transform = transform

    def __len__(self):
        return len(self.data)

    def __getitem__(self, i):
        picture, label = self.data[i]
        return (picture if self.transform is None else self.transform(picture)), label


@mistake("MD473", "Keeps the transform for all datasets", hint="What is stored in the class is shared by all its objects. Store the transform in `self`.")
class PairDataset(Dataset):
    def __init__(self, x, y, transform=None):
        if len(x) != len(y):
            raise ValueError("lengths differ")
        self.x, self.y = x, y
        PairDataset.transform = staticmethod(transform) if transform else None

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        picture = self.x[i]
        if self.transform is not None:
            picture = self.transform(picture)
        return picture, int(self.y[i])


@mistake("MD474", "Notices missing labels only", hint="x and y of different lengths were to raise ValueError, whichever of them is longer.")
class PairDataset(Dataset):
    def __init__(self, x, y, transform=None):
        if len(y) < len(x):
            raise ValueError("labels are missing")
        self.x, self.y, self.transform = x, y, transform

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        picture = self.x[i]
        return (picture if self.transform is None else self.transform(picture)), self.y[i].item()


@mistake("MD475", "Gives the transform a batch of one", hint="The transform is called with the picture, `x[i]`. A slice keeps its axis.")
class PairDataset(Dataset):
    def __init__(self, x, y, transform=None):
        if len(x) != len(y):
            raise ValueError("lengths differ")
        self.x, self.y, self.transform = x, y, transform

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        if i >= len(self):
            raise IndexError(i)
        picture = self.x[i : i + 1]
        if self.transform is not None:
            picture = self.transform(picture)
        return picture[0], int(self.y[i])


@mistake("MD476", "Turns the transformed picture back to its old dtype", hint="What the transform returns takes the picture's place as it is.")
class PairDataset(Dataset):
    def __init__(self, x, y, transform=None):
        if len(x) != len(y):
            raise ValueError("lengths differ")
        self.x, self.y, self.transform = x, y, transform

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        picture = self.x[i]
        if self.transform is not None:
            picture = self.transform(picture).to(picture.dtype)
        return picture, int(self.y[i])


@mistake("MD477", "Makes floats of the pictures", hint="Pictures come as they are in `x`, in their dtype. Converting them is what the transform is for.")
class PairDataset(Dataset):
    def __init__(self, x, y, transform=None):
        if len(x) != len(y):
            raise ValueError("lengths differ")
        self.x, self.y, self.transform = x.float(), y, transform

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        picture = self.x[i]
        return (picture if self.transform is None else self.transform(picture)), self.y[i].item()
