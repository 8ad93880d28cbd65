import torch

from grader import mistake


@mistake("MD528", "Averages the averages of the batches", hint="A batch with one picture of a class then counts as much as one with ten. Add the pictures up, count them, and divide in the end.")
def class_averages(loader, n):
    parts = [[] for _ in range(n)]
    for pictures, labels in loader:
        for k in labels.unique().tolist():
            parts[k].append(pictures[labels == k].mean(dim=0))
    return torch.stack([torch.stack(part).mean(dim=0) for part in parts])


@mistake("MD529", "Divides by the number of all pictures", hint="The mean of a class is the sum of its pictures, divided by how many of them there are.")
def class_averages(loader, n):
    pictures, labels = (torch.cat(parts) for parts in zip(*loader))
    return torch.stack([pictures[labels == k].sum(dim=0) / len(labels) for k in range(n)])


@mistake("MD530", "Adds the pictures up and does not divide", hint="Sums of more pictures are larger. Count the pictures of each class, and divide.")
def class_averages(loader, n):
    pictures, labels = (torch.cat(parts) for parts in zip(*loader))
    return torch.stack([pictures[labels == k].sum(dim=0) for k in range(n)])


@mistake("MD531", "Knows the averages of the last batch only", hint="Batches follow each other: what one of them gives must not take the place of what came before.")
def class_averages(loader, n):
    averages = None
    for pictures, labels in loader:
        if averages is None:
            averages = torch.zeros(n, *pictures.shape[1:])
        for k in labels.unique().tolist():
            averages[k] = pictures[labels == k].mean(dim=0)
    return averages


@mistake("MD532", "Averages over the pixels, too", hint="The average of a class is a picture: the mean over the pictures, axis 0 alone.")
def class_averages(loader, n):
    pictures, labels = (torch.cat(parts) for parts in zip(*loader))
    return torch.stack([pictures[labels == k].mean() for k in range(n)])


@mistake("MD533", "Goes through the loader twice", hint="A generator is empty after the first time. Sum and count in the same pass.")
def class_averages(loader, n):
    counts = torch.zeros(n)
    for _, labels in loader:
        counts += torch.bincount(labels, minlength=n)
    sums = 0
    for pictures, labels in loader:
        members = (labels == torch.arange(n).unsqueeze(1)).float()
        sums = sums + torch.tensordot(members, pictures, dims=1)
    return sums / counts.reshape(-1, *[1] * (sums.ndim - 1))


@mistake("MD534", "Writes with `+=` where a class occurs twice", hint="`sums[labels] += pictures` writes once for each place, and of two pictures of a class one is lost. `index_add_` adds all of them.")
def class_averages(loader, n):
    sums, counts = None, torch.zeros(n)
    for pictures, labels in loader:
        if sums is None:
            sums = torch.zeros(n, *pictures.shape[1:])
        sums[labels] += pictures
        counts += torch.bincount(labels, minlength=n)
    return sums / counts.reshape(-1, *[1] * (sums.ndim - 1))


@mistake("MD535", "Takes the farthest average", hint="Near means a small distance: `argmin`.")
def nearest_average(pictures, averages):
    return torch.cdist(pictures.flatten(1), averages.flatten(1)).argmax(dim=1)


@mistake("MD536", "Finds the nearest picture for each average", hint="One answer per picture: which axis has to disappear?")
def nearest_average(pictures, averages):
    return torch.cdist(pictures.flatten(1), averages.flatten(1)).argmin(dim=0)


@mistake("MD537", "Takes the largest product for the smallest distance", hint="A bright average has large products with everything. Subtract, and take the norm; or `cdist`.")
def nearest_average(pictures, averages):
    return (pictures.flatten(1) @ averages.flatten(1).T).argmax(dim=1)


@mistake("MD538", "Returns the distance instead of the class", hint="`min` gives heights and places. Which average it is, is asked.")
def nearest_average(pictures, averages):
    return torch.cdist(pictures.flatten(1), averages.flatten(1)).min(dim=1).values


@mistake("MD539", "Compares the brightness of the pictures", hint="Two pictures may be equally bright and look nothing like each other. Take the distance over all numbers.")
def nearest_average(pictures, averages):
    return torch.cdist(pictures.flatten(1).mean(1, keepdim=True), averages.flatten(1).mean(1, keepdim=True)).argmin(dim=1)


@mistake("MD540", "Leaves the axes of the pictures as they are", hint="`cdist` takes the last two axes for tables. Make one row of each picture first: `flatten(1)`.")
def nearest_average(pictures, averages):
    return torch.cdist(pictures, averages).argmin(dim=1)
