import torch
from torch import nn
from torchvision.models.resnet import BasicBlock as Ready

from grader import alternative


@alternative("functions, and in-place addition to its own result")
class BasicBlock(nn.Module):
    def __init__(self, inputs, outputs, stride=1):
        super(BasicBlock, self).__init__()
        if stride == 1 and inputs == outputs:
            self.downsample = None
        else:
            self.downsample = nn.Sequential(
                nn.Conv2d(inputs, outputs, kernel_size=1, stride=stride, bias=False), nn.BatchNorm2d(outputs)
            )
        self.bn1, self.bn2 = nn.BatchNorm2d(outputs), nn.BatchNorm2d(outputs)
        self.conv1 = nn.Conv2d(inputs, outputs, kernel_size=3, stride=stride, padding=1, bias=False)
        self.conv2 = nn.Conv2d(outputs, outputs, kernel_size=3, padding=1, bias=False)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        identity = x
        out = self.conv1(x)
        out = self.bn1(out)
        out = self.relu(out)
        out = self.conv2(out)
        out = self.bn2(out)
        if self.downsample is not None:
            identity = self.downsample(x)
        out += identity
        return self.relu(out)


@alternative("a subclass of torchvision's")
class BasicBlock(Ready):
    def __init__(self, inputs, outputs, stride=1):
        shortcut = None
        if stride > 1 or inputs != outputs:
            shortcut = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))
        super().__init__(inputs, outputs, stride, shortcut)
