import torch
from torch import nn

from grader import mistake


@mistake("MC439", "Trains on upright pictures only", hint="It has never seen a moved garment. Move and mirror the pictures anew in every epoch.")
def fit_garments(images, labels):
    torch.manual_seed(1)
    model = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    for _ in range(8):
        for x, y in zip(images.split(50), labels.split(50)):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x), y).backward()
            optimizer.step()
    return model.eval()


@mistake("MC440", "Trains the parameters of another model", hint="The optimizer moves what it was given: hand it the parameters of the model that you return.")
def fit_garments(images, labels):
    torch.manual_seed(2)
    model, other = (nn.Sequential(nn.Flatten(), nn.Linear(784, 10)) for _ in range(2))
    optimizer = torch.optim.Adam(other.parameters(), lr=3e-3)
    for x, y in zip(images.split(50), labels.split(50)):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
    return model.eval()


@mistake("MC441", "Leaves the model in training mode", hint="It is to be used now: `model.eval()`.")
def fit_garments(images, labels):
    torch.manual_seed(3)
    model = nn.Sequential(nn.Flatten(), nn.Dropout(0.2), nn.Linear(784, 10))
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    for _ in range(4):
        for x, y in zip(images.split(50), labels.split(50)):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x), y).backward()
            optimizer.step()
    return model


@mistake("MC442", "Normalises a picture with its neighbours, also in use", hint=(
    "A picture's scores depend on the pictures beside it.",
    "Ask for one picture alone, then for the same among others: which layer looks at its neighbours?",
    "Batch statistics are for training. In use, running ones have to take their place: they have to be kept, and the model put into evaluation mode.",
))
def fit_garments(images, labels):
    torch.manual_seed(4)
    layers = [nn.Conv2d(1, 8, 5, stride=3), nn.BatchNorm2d(8, track_running_stats=False), nn.ReLU()]
    model = nn.Sequential(*layers, nn.Flatten(), nn.Linear(512, 10))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for x, y in zip(images[:150].split(50), labels[:150].split(50)):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
    return model.eval()


@mistake("MC443", "Has a score too few", hint="Ten classes, 0 to 9, need ten scores.")
def fit_garments(images, labels):
    return nn.Sequential(nn.Flatten(), nn.Linear(784, int(labels.max()))).eval()


@mistake("MC786", "Puts a softmax behind the network", hint="Logits were asked for, which are no probabilities: the cross-entropy contains the softmax already.")
def fit_garments(images, labels):
    def varied(x):
        flip = torch.rand(len(x)) < 0.5
        x = torch.where(flip[:, None, None, None], x.flip(3), x)
        full = nn.functional.pad(x, (4, 4, 4, 4))
        d = torch.randint(0, 9, (len(x), 2)).tolist()
        return torch.stack([f[:, i : i + 28, j : j + 28] for f, (i, j) in zip(full, d)])
    parts, c = [], 1
    for o in (16, 32, 32):
        parts += [nn.Conv2d(c, o, 3, padding=1, bias=False), nn.BatchNorm2d(o), nn.ReLU(), nn.MaxPool2d(2)]
        c = o
    net = nn.Sequential(*parts, nn.Flatten(), nn.Linear(c * 9, 10))
    opt = torch.optim.Adam(net.parameters(), lr=0.005)
    for _ in range(12):
        for index in torch.randperm(len(images)).split(50):
            loss = nn.functional.cross_entropy(net(varied(images[index])), labels[index])
            opt.zero_grad()
            loss.backward()
            opt.step()
    return nn.Sequential(*net, nn.Softmax(dim=1)).eval()
