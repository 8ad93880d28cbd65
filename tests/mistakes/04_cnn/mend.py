import torch
from torch import nn

from grader import mistake


@mistake("MC500", "Leaves the sizes as they were", hint="Follow the sizes: 40 and 20 lose 4 in the convolution, and half of what is left in the pooling.")
class Tall(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 5)
        self.out = nn.Linear(4 * 20 * 10, 3)

    def forward(self, x):
        return self.out(nn.functional.max_pool2d(self.conv(x).relu(), 2).flatten(1))


@mistake("MC501", "Pads the picture until the sizes fit", hint="That makes another layer of `conv`, whose scores differ. The linear layer has the wrong size.")
class Tall(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 5, padding=2)
        self.out = nn.Linear(4 * 20 * 10, 3)

    def forward(self, x):
        return self.out(nn.functional.max_pool2d(self.conv(x).relu(), 2).flatten(1))


@mistake("MC502", "Leaves the pooling out", hint="What the program above does between its layers is right: only a size is not.")
class Tall(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 5)
        self.out = nn.Linear(4 * 36 * 16, 3)

    def forward(self, x):
        return self.out(self.conv(x).relu().flatten(1))


@mistake("MC503", "Leaves the photograph's numbers in their order", hint="`reshape` moves no number: the axis of the channels has to move. Look at a picture in one colour.")
def channels_first(photo):
    return (photo / 255).reshape(3, photo.shape[0], photo.shape[1])


@mistake("MC504", "Exchanges height and width", hint="`.T` and `permute(2, 1, 0)` turn the picture over as well. Only the channels move.")
def channels_first(photo):
    return (photo / 255).permute(2, 1, 0)


@mistake("MC505", "Leaves the photograph between 0 and 255", hint="The numbers are to be between 0 and 1: that part of the program was right.")
def channels_first(photo):
    return photo.float().permute(2, 0, 1)


@mistake("MC506", "Hides the layers in a list", hint="A module sees attributes that are modules, and no list. `nn.ModuleList` is a list that it sees.")
class Tower(nn.Module):
    def __init__(self, width, layers):
        super().__init__()
        self.hidden = [nn.Linear(width, width) for _ in range(layers)]
        self.out = nn.Linear(width, 10)

    def forward(self, x):
        for layer in self.hidden:
            x = layer(x).relu()
        return self.out(x)


@mistake("MC507", "Uses one layer again and again", hint="`[layer] * n` is n times the same layer. Make a new one each time.")
class Tower(nn.Module):
    def __init__(self, width, layers):
        super().__init__()
        self.hidden = nn.ModuleList([nn.Linear(width, width)] * layers)
        self.out = nn.Linear(width, 10)

    def forward(self, x):
        for layer in self.hidden:
            x = layer(x).relu()
        return self.out(x)


@mistake("MC508", "Leaves ReLU out between the layers", hint="Linear layers in a row are one linear layer. Each hidden one is followed by a ReLU.")
class Tower(nn.Module):
    def __init__(self, width, layers):
        super().__init__()
        self.hidden = nn.Sequential(*[nn.Linear(width, width) for _ in range(layers)])
        self.out = nn.Linear(width, 10)

    def forward(self, x):
        return self.out(self.hidden(x))


@mistake("MC509", "Registers the layers, and does not use them", hint="The layers are there now, and `forward` has to go through them.")
class Tower(nn.Module):
    def __init__(self, width, layers):
        super().__init__()
        self.hidden = nn.ModuleList(nn.Linear(width, width) for _ in range(layers))
        self.out = nn.Linear(width, 10)

    def forward(self, x):
        return self.out(x)


@mistake("MC510", "Asks in training mode", hint="Dropout and batch norm answer otherwise while training. Which mode belongs to a question?")
def share_of_hits(model, loader):
    hits, count = 0, 0
    for x, y in loader:
        hits += int((model(x).argmax(dim=1) == y).sum())
        count += len(y)
    return hits / count


@mistake("MC512", "Leaves the model in evaluation mode", hint="Afterwards the model is in the mode in which it was: remember it, and set it again.")
def share_of_hits(model, loader):
    model.eval()
    hits, count = 0, 0
    for x, y in loader:
        hits += int((model(x).argmax(dim=1) == y).sum())
        count += len(y)
    return hits / count


@mistake("MC513", "Puts the model into training mode afterwards", hint="It was perhaps in evaluation mode before. Set what was there.")
def share_of_hits(model, loader):
    model.eval()
    hits, count = 0, 0
    for x, y in loader:
        hits += int((model(x).argmax(dim=1) == y).sum())
        count += len(y)
    model.train()
    return hits / count


@mistake("MC514", "Averages the shares of the batches", hint="The last batch may be smaller. Count hits and samples, and divide once.")
def share_of_hits(model, loader):
    before = model.training
    model.eval()
    shares = [(model(x).argmax(dim=1) == y).double().mean().item() for x, y in loader]
    model.train(before)
    return sum(shares) / len(shares)


@mistake("MC515", "Squeezes the scores before the loss", hint="The cross-entropy contains the softmax. With a second one no answer can be sure.")
def loss_of(model, x, y):
    return nn.functional.cross_entropy(model(x).softmax(dim=1), y)


@mistake("MC516", "Takes the logarithm twice", hint="`nll_loss` takes logarithms of probabilities, `cross_entropy` takes scores. The scores that come out of the model belong into the latter.")
def loss_of(model, x, y):
    return nn.functional.nll_loss(model(x).softmax(dim=1), y)


@mistake("MC517", "Adds the losses up", hint="It is the mean over the samples.")
def loss_of(model, x, y):
    return nn.functional.cross_entropy(model(x), y, reduction="sum")


@mistake("MC518", "Cuts the gradient off", hint="The loss is to be minimised: it needs its graph.")
def loss_of(model, x, y):
    with torch.no_grad():
        return nn.functional.cross_entropy(model(x), y)


@mistake("MC794", "Divides only where a pixel is brighter than 1", hint="A dark photograph of uint8 counts up to 255 as well: what divides must not depend on its brightest pixel.")
def channels_first(photo):
    out = photo.permute(2, 0, 1).float()
    return out / 255 if out.max() > 1 else out


@mistake("MC795", "Takes the logarithm of a softmax", hint="For scores that are sure, a probability is rounded to 0, and its logarithm is infinite. `cross_entropy` takes the scores themselves.")
def loss_of(model, x, y):
    return nn.functional.nll_loss(model(x).softmax(dim=1).log(), y)


@mistake("MC796", "Switches to evaluation mode", hint="The loss is for training: the model answers in the mode in which it is.")
def loss_of(model, x, y):
    modes = [(m, m.training) for m in model.modules()]
    loss = nn.functional.cross_entropy(model.eval()(x), y)
    for m, mode in modes:
        m.training = mode
    return loss


@mistake("MC797", "Leaves out the ReLU behind the last hidden layer", hint="A ReLU stands behind each hidden layer.")
class Tower(nn.Module):
    def __init__(self, width, layers):
        super().__init__()
        self.hidden = nn.ModuleList(nn.Linear(width, width) for _ in range(layers))
        self.out = nn.Linear(width, 10)
    def forward(self, x):
        for i, layer in enumerate(self.hidden):
            x = layer(x)
            if i + 1 < len(self.hidden):
                x = x.relu()
        return self.out(x)


@mistake("MC798", "Leaves out the ReLU", hint="Only the sizes were wrong: the ReLU stays where it was.")
class Tall(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 5)
        self.out = nn.Linear(4 * 18 * 8, 3)
    def forward(self, x):
        return self.out(nn.functional.max_pool2d(self.conv(x), 2).flatten(1))


@mistake("MC799", "Adds a small number within the logarithm", hint="That keeps it finite, and makes it wrong. `cross_entropy` takes the scores as they are.")
def loss_of(model, x, y):
    return nn.functional.nll_loss((model(x).softmax(dim=1) + 1e-8).log(), y)


@mistake("MQ407", "Sets the mode back for the model alone", hint=("Look at `training` of a part, such as `model[1].training`, before and after the call.", "`eval()` reaches all parts, an assignment to `model.training` only the model. `model.train(before)` goes the same way back."))
def share_of_hits(model, loader):
    before = model.training
    model.eval()
    hits, count = 0, 0
    with torch.no_grad():
        for x, y in loader:
            hits += int((model(x).argmax(dim=1) == y).sum())
            count += len(y)
    model.training = before
    return hits / count


@mistake("MQ412", "Switches to training mode", hint="The mode is the caller's business: the model answers in the one in which it is.")
def loss_of(model, x, y):
    before = model.training
    loss = nn.functional.cross_entropy(model.train()(x), y)
    model.train(before)
    return loss
