import torch
from torch import nn

from grader import alternative


@alternative("modules for everything, ReLU behind the pooling")
class Network(nn.Module):
    def __init__(self):
        super(Network, self).__init__()
        self.conv1 = nn.Conv2d(in_channels=1, out_channels=6, kernel_size=5)
        self.conv2 = nn.Conv2d(in_channels=6, out_channels=12, kernel_size=5)
        self.fc1 = nn.Linear(in_features=12 * 4 * 4, out_features=120)
        self.fc2 = nn.Linear(in_features=120, out_features=60)
        self.out = nn.Linear(in_features=60, out_features=10)
        self.pool = nn.MaxPool2d(kernel_size=2, stride=2)
        self.relu = nn.ReLU()

    def forward(self, t):
        t = self.relu(self.pool(self.conv1(t)))
        t = self.relu(self.pool(self.conv2(t)))
        t = t.reshape(-1, 12 * 4 * 4)
        t = self.relu(self.fc1(t))
        t = self.relu(self.fc2(t))
        return self.out(t)


@alternative("in-place ReLU on tensors of its own, torch.flatten")
class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, (5, 5)), nn.Conv2d(6, 12, (5, 5))
        self.fc1, self.fc2, self.out = nn.Linear(192, 120), nn.Linear(120, 60), nn.Linear(60, 10)

    def forward(self, x):
        for conv in (self.conv1, self.conv2):
            x = torch.max_pool2d(conv(x).relu_(), 2)
        x = torch.flatten(x, 1)
        for layer in (self.fc1, self.fc2):
            x = layer(x).clamp(min=0)
        return self.out(x)
