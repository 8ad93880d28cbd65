# %% question="pair_dataset"
class PairDataset(Dataset):
    def __init__(self, x, y, transform=None):
        if len(x) != len(y):
            raise ValueError("x and y differ in length")
        self.x, self.y, self.transform = x, y, transform

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        if i >= len(self):
            raise IndexError(i)
        picture = self.x[i]
        if self.transform is not None:
            picture = self.transform(picture)
        return picture, int(self.y[i])


check("pair_dataset")


# %%
# an experiment for another course: pictures alone, all transformed in advance
class PairDataset(Dataset):
    def __init__(self, x, y, transform=None):
        self.x = [transform(picture) for picture in x] if transform else x

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        return self.x[i % len(self.x)]


alone = PairDataset(torch.rand(3, 2), None)
print(len(alone), alone[5].shape)
