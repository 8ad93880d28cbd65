import numpy as np
import torch
from torch import nn

from grader import mistake


@mistake("ML600", "Returns a network that has learned nothing", hint="Is there a step for every batch, and is the optimizer that of this network?")
def fit_digits(images, labels):
    return nn.Sequential(AsRows(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))


@mistake("ML601", "Learns the digits of the file", hint="The pictures that the function is given are turned or mirrored. Learn from its arguments.")
def fit_digits(images, labels):
    known = np.load("data/digits.npz")
    images, labels = torch.from_numpy(known["images"]), torch.from_numpy(known["labels"]).long()
    model = nn.Sequential(AsRows(), nn.Linear(64, 10))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    for _ in range(50):
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


@mistake("ML602", "Returns the digits instead of their scores", hint="Ten scores for each picture were asked for, of which the highest says the digit.")
def fit_digits(images, labels):
    class Reader(nn.Sequential):
        def forward(self, pictures):
            return super().forward(pictures).argmax(dim=1)

    layers = nn.Sequential(AsRows(), nn.Linear(64, 10))
    optimizer = torch.optim.Adam(layers.parameters(), lr=0.05)
    for _ in range(50):
        loss = nn.functional.cross_entropy(layers(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return Reader(layers)


@mistake("ML603", "Scales each batch by its own numbers", hint="What it says to a picture must not depend on the others. Scale by fixed numbers, such as 16.")
def fit_digits(images, labels):
    class Scaled(nn.Module):
        def forward(self, pictures):
            x = pictures.flatten(1).float()
            return (x - x.mean(dim=0)) / (x.std(dim=0, correction=0) + 1)

    model = nn.Sequential(Scaled(), nn.Linear(64, 10))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    for _ in range(50):
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


@mistake("ML604", "Drops the axis of a single picture", hint="A picture alone has scores of shape (1, 10). `squeeze()` without an axis takes the 1 away.")
def fit_digits(images, labels):
    class Squeezed(nn.Sequential):
        def forward(self, pictures):
            return super().forward(pictures).squeeze()

    model = Squeezed(AsRows(), nn.Linear(64, 10))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    for _ in range(50):
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


@mistake("ML605", "Shuffles pictures and labels apart", hint="Each picture needs its own label: one order for both.")
def fit_digits(images, labels):
    model = nn.Sequential(AsRows(), nn.Linear(64, 10))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    for _ in range(50):
        loss = nn.functional.cross_entropy(
            model(images[torch.randperm(len(images))]), labels[torch.randperm(len(labels))]
        )
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


@mistake("ML606", "Lets the gradients add up over the batches", hint="Each batch starts with cleared gradients.")
def fit_digits(images, labels):
    model = nn.Sequential(AsRows(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    for _ in range(3):
        for batch in torch.arange(len(images)).split(50):
            nn.functional.cross_entropy(model(images[batch]), labels[batch]).backward()
            optimizer.step()
    return model


@mistake("ML607", "Scales the caller's pictures in place", hint="Scale inside of the network; the pictures that you are given stay as they are.")
def fit_digits(images, labels):
    images.div_(2, rounding_mode="floor")
    model = nn.Sequential(AsRows(), nn.Linear(64, 10))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    for _ in range(50):
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model
