import torch

from grader import alternative


@alternative("class after class, all at once")
def class_averages(loader, n):
    pictures, labels = (torch.cat(parts) for parts in zip(*loader))
    return torch.stack([pictures[labels == k].mean(dim=0) for k in range(n)])


@alternative("index_add_")
def class_averages(loader, n):
    sums = None
    counts = torch.zeros(n, dtype=torch.int64)
    for pictures, labels in loader:
        if sums is None:
            sums = torch.zeros(n, *pictures.shape[1:], dtype=torch.float64)
        sums.index_add_(0, labels, pictures.double())
        counts += torch.bincount(labels, minlength=n)
    return (sums / counts.view(-1, *[1] * (sums.ndim - 1))).float()


@alternative("differences, squared and added up")
def nearest_average(pictures, averages):
    squares = (pictures.unsqueeze(1) - averages.unsqueeze(0)).square()
    return squares.reshape(len(pictures), len(averages), -1).sum(dim=2).argmin(dim=1)


@alternative("a loop over the pictures")
def nearest_average(pictures, averages):
    return torch.tensor([int(torch.stack([(one - mean).norm() for mean in averages]).argmin()) for one in pictures])
