import torch
from torch import nn

from grader import alternative


@alternative("larger windows, and hardly anything left of the picture")
def few_numbers(images, labels):
    plan = [(7, 5, 4)]
    net = from_plan(plan)
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    for _ in range(12):
        for batch in torch.randperm(len(images)).split(64):
            loss = nn.functional.cross_entropy(net(images[batch]), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return plan, net.state_dict()


@alternative("the largest pool first, and a list")
def few_numbers(images, labels):
    plan = [[4, 5, 4], [8, 1, 1]]
    net = from_plan(plan)
    optimizer = torch.optim.Adam(net.parameters(), lr=0.02)
    for _ in range(15):
        for batch in torch.randperm(len(images)).split(64):
            loss = nn.functional.cross_entropy(net(images[batch]), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return [plan, dict(net.state_dict())]
