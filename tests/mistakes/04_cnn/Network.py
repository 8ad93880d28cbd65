import torch
from torch import nn
from torch.nn import functional as F

from grader import mistake


@mistake("MC01", "Ends with a softmax", hint="The loss contains the softmax. Return the raw scores.")
class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 12, 5)
        self.fc1, self.fc2, self.out = nn.Linear(192, 120), nn.Linear(120, 60), nn.Linear(60, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2).flatten(1)
        return self.out(F.relu(self.fc2(F.relu(self.fc1(x))))).softmax(dim=1)


@mistake("MC04", "Flattens the batch as well", hint="One picture per row: keep axis 0 out of the flattening.")
class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 12, 5)
        self.fc1, self.fc2, self.out = nn.Linear(192, 120), nn.Linear(120, 60), nn.Linear(60, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2).flatten()
        return self.out(F.relu(self.fc2(F.relu(self.fc1(x)))))


@mistake("MC11", "Makes a layer in `forward`", hint="A layer that is made in `forward` is new and random at each call. Make it once, in `__init__`.")
class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 12, 5)
        self.fc1, self.fc2 = nn.Linear(192, 120), nn.Linear(120, 60)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2).flatten(1)
        return nn.Linear(60, 10)(F.relu(self.fc2(F.relu(self.fc1(x)))))


@mistake("MC274", "Puts a ReLU behind the last layer", hint="A ReLU cuts off all negative scores. Leave the last layer as it is.")
class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 12, 5)
        self.fc1, self.fc2, self.out = nn.Linear(192, 120), nn.Linear(120, 60), nn.Linear(60, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2).flatten(1)
        return F.relu(self.out(F.relu(self.fc2(F.relu(self.fc1(x))))))


@mistake("MC275", "Leaves out the ReLU between the linear layers", hint="Linear layers without anything between them are one linear layer.")
class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 12, 5)
        self.fc1, self.fc2, self.out = nn.Linear(192, 120), nn.Linear(120, 60), nn.Linear(60, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2).flatten(1)
        return self.out(self.fc2(self.fc1(x)))


@mistake("MC41", "Returns classes instead of scores", hint="Which class it is gets decided outside of the network; a class number has no gradient.")
class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 12, 5)
        self.fc1, self.fc2, self.out = nn.Linear(192, 120), nn.Linear(120, 60), nn.Linear(60, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2).flatten(1)
        return self.out(F.relu(self.fc2(F.relu(self.fc1(x))))).argmax(dim=1)


@mistake("MC276", "Pools by the mean", hint="Max-pooling was asked for.")
class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 12, 5)
        self.fc1, self.fc2, self.out = nn.Linear(192, 120), nn.Linear(120, 60), nn.Linear(60, 10)

    def forward(self, x):
        x = F.avg_pool2d(F.relu(self.conv1(x)), 2)
        x = F.avg_pool2d(F.relu(self.conv2(x)), 2).flatten(1)
        return self.out(F.relu(self.fc2(F.relu(self.fc1(x)))))


@mistake("MC277", "Keeps the layers in a list", hint="A module registers attributes that are modules, not what is in a Python list.")
class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Conv2d(1, 6, 5), nn.Conv2d(6, 12, 5), nn.Linear(192, 120), nn.Linear(120, 60), nn.Linear(60, 10)]

    def forward(self, x):
        conv1, conv2, fc1, fc2, out = self.layers
        x = F.max_pool2d(F.relu(conv1(x)), 2)
        x = F.max_pool2d(F.relu(conv2(x)), 2).flatten(1)
        return out(F.relu(fc2(F.relu(fc1(x)))))


@mistake("MC278", "Does not call the constructor of nn.Module", hint="Call `super().__init__()` before the first layer is made.")
class Network(nn.Module):
    def __init__(self):
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 12, 5)
        self.fc1, self.fc2, self.out = nn.Linear(192, 120), nn.Linear(120, 60), nn.Linear(60, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2).flatten(1)
        return self.out(F.relu(self.fc2(F.relu(self.fc1(x)))))


@mistake("MC279", "Changes the batch", hint="`relu_` and `mul_` write into the tensor itself; the first of them works on the caller's batch.")
class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 12, 5)
        self.fc1, self.fc2, self.out = nn.Linear(192, 120), nn.Linear(120, 60), nn.Linear(60, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x.relu_())), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2).flatten(1)
        return self.out(F.relu(self.fc2(F.relu(self.fc1(x)))))


@mistake("MC280", "Has dropout without being asked to", hint="A has no random parts: the same batch gets the same scores twice.")
class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 12, 5)
        self.fc1, self.fc2, self.out = nn.Linear(192, 120), nn.Linear(120, 60), nn.Linear(60, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2).flatten(1)
        return self.out(F.dropout(F.relu(self.fc2(F.relu(self.fc1(x)))), 0.5))


@mistake("MC281", "Cuts the chain of gradients", hint="`detach` and `.data` end the graph: no gradient reaches the layers before.")
class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 12, 5)
        self.fc1, self.fc2, self.out = nn.Linear(192, 120), nn.Linear(120, 60), nn.Linear(60, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2).flatten(1).detach()
        return self.out(F.relu(self.fc2(F.relu(self.fc1(x)))))


@mistake("MC607", "Squeezes away the axis of a single picture", hint="`squeeze` removes every axis of size 1, also that of a batch of one.")
class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.conv2 = nn.Conv2d(6, 12, 5)
        self.fc1 = nn.Linear(192, 120)
        self.fc2 = nn.Linear(120, 60)
        self.out = nn.Linear(60, 10)

    def forward(self, x):
        x = nn.functional.max_pool2d(nn.functional.relu(self.conv1(x)), 2)
        x = nn.functional.max_pool2d(nn.functional.relu(self.conv2(x)), 2)
        x = nn.functional.relu(self.fc1(x.reshape(-1, 192)))
        x = nn.functional.relu(self.fc2(x))
        return self.out(x).squeeze()


@mistake("MC608", "Leaves out the ReLU behind the second hidden layer", hint="Linear and ReLU, twice: only the last layer has none.")
class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, kernel_size=5)
        self.conv2 = nn.Conv2d(6, 12, kernel_size=5)
        self.fc1 = nn.Linear(12 * 4 * 4, 120)
        self.fc2 = nn.Linear(120, 60)
        self.out = nn.Linear(60, 10)
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        x = self.pool(torch.relu(self.conv1(x)))
        x = self.pool(torch.relu(self.conv2(x)))
        x = torch.relu(self.fc1(torch.flatten(x, 1)))
        return self.out(self.fc2(x))


@mistake("MC729", "Applies a softmax in evaluation mode", hint="Logits were asked for, in each mode: whoever wants probabilities applies the softmax outside.")
class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 12, 5)
        self.fc1, self.fc2, self.out = nn.Linear(192, 120), nn.Linear(120, 60), nn.Linear(60, 10)
    def forward(self, x):
        x = nn.functional.max_pool2d(self.conv1(x).relu(), 2)
        x = nn.functional.max_pool2d(self.conv2(x).relu(), 2)
        x = self.out(self.fc2(self.fc1(x.flatten(1)).relu()).relu())
        return x if self.training else x.softmax(1)


@mistake("MC730", "Drops numbers while training", hint="Network A has no dropout: it gives the same scores in each mode.")
class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 12, 5)
        self.fc1, self.fc2, self.out = nn.Linear(192, 120), nn.Linear(120, 60), nn.Linear(60, 10)
        self.drop = nn.Dropout(0.2)
    def forward(self, x):
        x = nn.functional.max_pool2d(self.conv1(x).relu(), 2)
        x = nn.functional.max_pool2d(self.conv2(x).relu(), 2)
        x = self.drop(self.fc1(x.flatten(1)).relu())
        return self.out(self.drop(self.fc2(x).relu()))


@mistake("MC807", "Ends with the logarithm of a softmax", hint="The loss takes the softmax and its logarithm by itself. Return the raw scores.")
class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 12, 5)
        self.fc1, self.fc2, self.out = nn.Linear(192, 120), nn.Linear(120, 60), nn.Linear(60, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2).flatten(1)
        return self.out(F.relu(self.fc2(F.relu(self.fc1(x))))).log_softmax(dim=-1)


@mistake("MC808", "Leaves out the ReLU behind the first linear layer", hint="Linear and ReLU, twice: with nothing between them, `fc1` and `fc2` are one linear layer.")
class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 12, 5)
        self.fc1, self.fc2, self.out = nn.Linear(192, 120), nn.Linear(120, 60), nn.Linear(60, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2).flatten(1)
        return self.out(F.relu(self.fc2(self.fc1(x))))


@mistake("MC809", "Leaves out the ReLU behind the convolutions", hint="A ReLU belongs behind each convolution, before its pooling or after it.")
class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 12, 5)
        self.fc1, self.fc2, self.out = nn.Linear(192, 120), nn.Linear(120, 60), nn.Linear(60, 10)

    def forward(self, x):
        x = F.max_pool2d(self.conv1(x), 2)
        x = F.max_pool2d(self.conv2(x), 2).flatten(1)
        return self.out(F.relu(self.fc2(F.relu(self.fc1(x)))))


@mistake("MC889", "Cuts the graph in front of its first layer", hint="`detach` on the batch lets no gradient through to whatever made it: another layer in front of the network, or the batch itself.")
class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 12, 5)
        self.fc1, self.fc2, self.out = nn.Linear(192, 120), nn.Linear(120, 60), nn.Linear(60, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x.detach())), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2).flatten(1)
        return self.out(F.relu(self.fc2(F.relu(self.fc1(x)))))
