import torch
from torch import nn

from grader import mistake


@mistake("ML13b", "Normalises in training and predicts from raw rows", hint="Whatever you do to the inputs in training must be part of the model that you return.")
def fit_table(x, y):
    model = nn.Sequential(nn.Linear(11, 32), nn.ReLU(), nn.Linear(32, 1), nn.Flatten(0))
    z = (x - x.mean(dim=0)) / x.std(dim=0)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    for _ in range(10):
        loss = ((model(z) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


@mistake("ML14b", "Compares a column with a vector", hint="(N, 1) minus (N,) is (N, N), and the model learns the mean of all scores. Print both shapes before the loss.")
def fit_table(x, y):
    normalise = Normalise(x.mean(dim=0), x.std(dim=0))
    model = nn.Sequential(normalise, nn.Linear(11, 32), nn.ReLU(), nn.Linear(32, 1))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.2)
    for _ in range(12):
        loss = ((model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return nn.Sequential(model, nn.Flatten(0))


@mistake("ML290", "Returns a column of predictions", hint="The predictions have the shape (M,). `nn.Flatten(0)` makes a vector of a column.")
def fit_table(x, y):
    normalise = Normalise(x.mean(dim=0), x.std(dim=0))
    model = nn.Sequential(normalise, nn.Linear(11, 32), nn.ReLU(), nn.Linear(32, 1))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    for _ in range(10):
        loss = ((model(x) - y[:, None]) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


@mistake("ML291", "Trains a straight model", hint="The score does not follow the columns in a straight line. A hidden layer with an activation can bend.")
def fit_table(x, y):
    model = nn.Sequential(Normalise(x.mean(dim=0), x.std(dim=0)), nn.Linear(11, 1), nn.Flatten(0))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.5)
    for _ in range(20):
        loss = ((model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


@mistake("ML292", "Puts layers together without a bend between them", hint="Two linear layers are one. Put an activation between them.")
def fit_table(x, y):
    layers = [nn.Linear(11, 32), nn.Linear(32, 1), nn.Flatten(0)]
    model = nn.Sequential(Normalise(x.mean(dim=0), x.std(dim=0)), *layers)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
    for _ in range(20):
        loss = ((model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


@mistake("ML11", "Takes steps that are too large for raw columns", hint="One column is near 0.1, another near 50. Normalise them, and look at the loss while it trains: is it a number?")
def fit_table(x, y):
    model = nn.Sequential(nn.Linear(11, 32), nn.ReLU(), nn.Linear(32, 1), nn.Flatten(0))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    for _ in range(10):
        loss = ((model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


@mistake("ML293", "Normalises each batch by its own mean and spread", hint="A single row has no spread. Keep the mean and the spread of the training rows in the model.")
def fit_table(x, y):
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.layers = nn.Sequential(nn.Linear(11, 32), nn.ReLU(), nn.Linear(32, 1), nn.Flatten(0))

        def forward(self, x):
            return self.layers((x - x.mean(dim=0)) / x.std(dim=0).nan_to_num(1.0))

    model = Net()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    for _ in range(20):
        loss = ((model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


@mistake("ML294", "Normalises the caller's table in place", hint="`-=` and `/=` change the table that was handed in. Let a layer of the model do it.")
def fit_table(x, y):
    mean, std = x.mean(dim=0), x.std(dim=0)
    x -= mean
    x /= std
    model = nn.Sequential(nn.Linear(11, 32), nn.ReLU(), nn.Linear(32, 1), nn.Flatten(0))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    for _ in range(10):
        loss = ((model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return nn.Sequential(Normalise(mean, std), model)


@mistake("ML04b", "Never learns anything", hint="Does the loss fall? Then see whether `backward` and `step` are called, and in the right order.")
def fit_table(x, y):
    layers = [nn.Linear(11, 32), nn.ReLU(), nn.Linear(32, 1), nn.Flatten(0)]
    return nn.Sequential(Normalise(x.mean(dim=0), x.std(dim=0)), *layers)


@mistake("ML295", "Returns a function", hint="An `nn.Module` was asked for, which can also be saved and switched to evaluation mode.")
def fit_table(x, y):
    layers = [nn.Linear(11, 32), nn.ReLU(), nn.Linear(32, 1), nn.Flatten(0)]
    model = nn.Sequential(Normalise(x.mean(dim=0), x.std(dim=0)), *layers)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    for _ in range(10):
        loss = ((model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return lambda rows: model(rows).detach()
