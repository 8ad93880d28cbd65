import torch

from grader import alternative


@alternative("least squares")
def digit_reader(pictures, labels):
    ones = torch.ones(len(pictures), 1)
    targets = torch.nn.functional.one_hot(labels, 10).float()
    found = torch.linalg.lstsq(torch.cat([pictures, ones], dim=1), targets, driver="gelsd").solution
    return found[:-1], found[-1]


@alternative("a loop that learns from its errors")
def digit_reader(pictures, labels):
    w, b = torch.zeros(64, 10), torch.zeros(10)
    for _ in range(5):
        for x, label in zip(pictures, labels.tolist(), strict=True):
            said = int((x @ w + b).argmax())
            if said != label:
                w[:, label] += x
                w[:, said] -= x
                b[label] += 1
                b[said] -= 1
    return w, b


@alternative("averages by a matrix product")
def digit_reader(pictures, labels):
    member = torch.nn.functional.one_hot(labels, 10).to(pictures.dtype)
    means = pictures.T @ member / member.sum(dim=0)
    return 2 * means, -(means * means).sum(dim=0)


@alternative("draws starting weights from a generator of its own, and descends")
def digit_reader(pictures, labels):
    own = torch.Generator().manual_seed(4)
    w, b = 0.01 * torch.randn(64, 10, generator=own), torch.zeros(10)
    x, targets = pictures / 16, torch.nn.functional.one_hot(labels, 10).float()
    for _ in range(100):
        wrong = (torch.softmax(x @ w + b, dim=1) - targets) / len(x)
        w, b = w - x.T @ wrong, b - wrong.sum(dim=0)
    return w / 16, b
