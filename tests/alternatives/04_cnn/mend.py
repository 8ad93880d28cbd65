import torch
from torch import nn

from grader import alternative


@alternative("sizes worked out by code")
class Tall(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 5)
        inputs = self._features(torch.zeros(1, 1, 40, 20)).shape[1]
        self.out = nn.Linear(inputs, 3)

    def _features(self, x):
        return torch.relu(torch.max_pool2d(self.conv(x), 2)).flatten(1)

    def forward(self, x):
        return self.out(self._features(x))


@alternative("movedim and to")
def channels_first(photo):
    return photo.movedim(-1, 0).to(torch.float32) / 255


@alternative("a stack of planes")
def channels_first(photo):
    return torch.stack([photo[..., c].float().div(255) for c in range(3)])


@alternative("a sequential chain")
class Tower(nn.Module):
    def __init__(self, width, layers):
        super().__init__()
        parts = [part for _ in range(layers) for part in (nn.Linear(width, width), nn.ReLU())]
        self.net = nn.Sequential(*parts, nn.Linear(width, 10))

    def forward(self, x):
        return self.net(x)


@alternative("attributes by setattr")
class Tower(nn.Module):
    def __init__(self, width, layers):
        super().__init__()
        self.layers = layers
        self.out = nn.Linear(width, 10)
        for i in range(layers):
            setattr(self, f"hidden{i}", nn.Linear(width, width))

    def forward(self, x):
        for i in range(self.layers):
            x = torch.relu(getattr(self, f"hidden{i}")(x))
        return self.out(x)


@alternative("finally and inference mode")
def share_of_hits(model, loader):
    training = model.training
    try:
        model.train(False)
        with torch.inference_mode():
            hits = torch.cat([model(x).argmax(1).eq(y) for x, y in loader])
        return hits.double().mean().item()
    finally:
        model.train(training)


@alternative("with a graph, by loops")
def share_of_hits(model, loader):
    before = model.training
    model.eval()
    hits = [scores.tolist().index(max(scores.tolist())) == int(label) for x, y in loader for scores, label in zip(model(x), y)]
    model.train(before)
    return sum(hits) / len(hits)


@alternative("logarithms by hand")
def loss_of(model, x, y):
    return -model(x).log_softmax(dim=1)[torch.arange(len(y)), y].mean()


@alternative("module and nll")
def loss_of(model, x, y):
    return nn.NLLLoss()(nn.LogSoftmax(dim=-1)(model(x)), y)
