import torch
from torch import nn

from grader import mistake


@mistake("MQ401", "Has more than 500 numbers", hint="Count them before you train. Most are in the last layer: what would shrink the picture that it gets?")
def few_numbers(images, labels):
    plan = [(8, 3, 2)]
    net = from_plan(plan)
    for _ in range(30):
        loss = nn.functional.cross_entropy(net(images), labels)
        net.zero_grad()
        loss.backward()
    return plan, net.state_dict()


@mistake("MQ402", "Returns the weights from before the training", hint="Does the loss fall? Then compare a weight before and after: who moves the weights?")
def few_numbers(images, labels):
    plan = [(2, 3, 2)]
    torch.manual_seed(1)
    return plan, from_plan(plan).state_dict()


@mistake("MQ403", "Returns the network in the place of its weights", hint="A network is built anew from your plan; it needs the numbers by name, `state_dict()`.")
def few_numbers(images, labels):
    plan = [(2, 3, 2)]
    return plan, from_plan(plan)


@mistake("MQ404", "Returns weights of another plan", hint="Plan and weights belong together. Was the plan changed after the network had been made?")
def few_numbers(images, labels):
    return [(4, 3, 4)], from_plan([(2, 3, 2)]).state_dict()


@mistake("MQ405", "Trains with labels in another order", hint="Pictures and labels must be shuffled with the same numbers, or they are no pairs any more.")
def few_numbers(images, labels):
    plan = [(2, 3, 2)]
    torch.manual_seed(0)
    net = from_plan(plan)
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    for _ in range(40):
        loss = nn.functional.cross_entropy(net(images[torch.randperm(len(images))]), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return plan, net.state_dict()


@mistake("MQ406", "Leaves its best weights in a file", hint="The weights are returned; a file is not asked for. Keep a copy of the best ones in a variable, `copy.deepcopy(net.state_dict())`.")
def few_numbers(images, labels):
    plan = [(2, 3, 2)]
    net = from_plan(plan)
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    for _ in range(12):
        for batch in torch.randperm(len(images)).split(50):
            loss = nn.functional.cross_entropy(net(images[batch]), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        torch.save(net.state_dict(), "best_few_numbers.pt")
    return plan, torch.load("best_few_numbers.pt")


@mistake("MQ414", "Pools until nothing is left of the picture", hint="Digits are 8 pixels wide: two pools of 4 leave not even one.")
def few_numbers(images, labels):
    return [(2, 3, 4), (2, 3, 4)], {}


@mistake("MQ415", "Plans a convolution without filters", hint="A convolution needs one filter at least: with none, the layer after it is given nothing.")
def few_numbers(images, labels):
    return [(0, 3, 2)], {}


@mistake("MQ416", "Returns the weights as whole numbers", hint="A network computes with fractions. To store it small, round the numbers if you like, and leave them float32.")
def few_numbers(images, labels):
    plan = [(2, 3, 2)]
    weights = from_plan(plan).state_dict()
    return plan, {name: (100 * value).round().to(torch.int8) for name, value in weights.items()}
