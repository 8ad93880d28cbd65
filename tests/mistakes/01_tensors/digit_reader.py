import torch

from grader import mistake


@mistake("MQ101", "Turns the weights round", hint="`x @ w` needs 64 rows, one for each number of a picture: look at the shape of `w`.")
def digit_reader(pictures, labels):
    means = torch.stack([pictures[labels == digit].mean(dim=0) for digit in range(10)])
    return 2 * means, -(means**2).sum(dim=1)


@mistake("MQ102", "Looks at one picture of each digit", hint="People write differently: the first of each kind is a poor model of all. What of the others?")
def digit_reader(pictures, labels):
    firsts = torch.stack([pictures[labels == digit][0] for digit in range(10)])
    return 2 * firsts.T, -(firsts**2).sum(dim=1)


@mistake("MQ103", "Looks for the digit that is farthest away", hint="The largest score wins. Is it largest where the distance is smallest?")
def digit_reader(pictures, labels):
    means = torch.stack([pictures[labels == digit].mean(dim=0) for digit in range(10)])
    return -2 * means.T, (means**2).sum(dim=1)


@mistake("MQ104", "Starts, and does not learn", hint="Numbers drawn by chance read one digit in ten. Where do the pictures come in?")
def digit_reader(pictures, labels):
    generator = torch.Generator().manual_seed(0)
    return torch.randn(64, 10, generator=generator), torch.zeros(10)


@mistake("MQ105", "Averages over the numbers of a picture", hint="The average of a digit's pictures has 64 numbers again; over which axis was the mean taken?")
def digit_reader(pictures, labels):
    means = torch.stack([pictures[labels == digit].mean(dim=1)[:50].mean() for digit in range(10)])
    return (2 * means).expand(64, 10).clone(), -(means**2)


@mistake("MQ106", "Seeds the generator that all share", hint="After `torch.manual_seed`, whatever else the program draws repeats itself. Draw from a `torch.Generator` of your own.")
def digit_reader(pictures, labels):
    torch.manual_seed(1)
    chosen = torch.randperm(len(labels))[:800]
    pictures, labels = pictures[chosen], labels[chosen]
    means = torch.stack([pictures[labels == digit].mean(dim=0) for digit in range(10)])
    return 2 * means.T, -(means**2).sum(dim=1)


@mistake("MQ107", "Returns its share of hits as well", hint="Two tensors are asked for, weights and biases; what is measured beside them can be printed.")
def digit_reader(pictures, labels):
    means = torch.stack([pictures[labels == digit].mean(dim=0) for digit in range(10)])
    w, b = 2 * means.T, -(means**2).sum(dim=1)
    return w, b, ((pictures @ w + b).argmax(dim=1) == labels).float().mean()
