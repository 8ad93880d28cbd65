import torch
from torch import nn

from grader import mistake


@mistake("MC239", "Lets the pictures shrink", hint="A 3×3 filter without padding loses a pixel on each side.")
def edge_maps(images):
    across = torch.tensor([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
    filters = torch.stack([across, across.T, torch.full((3, 3), 1 / 9)]).unsqueeze(1)
    return nn.functional.conv2d(images, filters)


@mistake("MC240", "Has across and down in the other order", hint="The first map answers to changes from left to right: its filter is negative on the left.")
def edge_maps(images):
    down = torch.tensor([[-1.0, -2.0, -1.0], [0.0, 0.0, 0.0], [1.0, 2.0, 1.0]])
    filters = torch.stack([down, down.T, torch.full((3, 3), 1 / 9)]).unsqueeze(1)
    return nn.functional.conv2d(images, filters, padding=1)


@mistake("MC241", "Forgets to divide the blur by 9", hint="An average of nine numbers is their sum divided by 9.")
def edge_maps(images):
    across = torch.tensor([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
    filters = torch.stack([across, across.T, torch.ones(3, 3)]).unsqueeze(1)
    return nn.functional.conv2d(images, filters, padding=1)


@mistake("MC242", "Mirrors the filters", hint="`conv2d` lays the filter on the picture as it stands; do not turn it around first.")
def edge_maps(images):
    across = torch.tensor([[1.0, 0.0, -1.0], [2.0, 0.0, -2.0], [1.0, 0.0, -1.0]])
    filters = torch.stack([across, across.T, torch.full((3, 3), 1 / 9)]).unsqueeze(1)
    return nn.functional.conv2d(images, filters, padding=1)


@mistake("MC243", "Makes one filter with three channels", hint="Three filters of depth one are asked for: the weight has the shape (3, 1, 3, 3).")
def edge_maps(images):
    across = torch.tensor([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
    filters = torch.stack([across, across.T, torch.full((3, 3), 1 / 9)]).unsqueeze(0)
    return nn.functional.conv2d(images.expand(-1, 3, -1, -1), filters, padding=1)


@mistake("MC244", "Leaves the random bias of the layer in", hint="A new `nn.Conv2d` has a random bias; these filters have none.")
def edge_maps(images):
    across = torch.tensor([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
    layer = nn.Conv2d(1, 3, 3, padding=1)
    layer.weight = nn.Parameter(torch.stack([across, across.T, torch.full((3, 3), 1 / 9)]).unsqueeze(1))
    return layer(images).detach()


@mistake("MC245", "Cuts negative values off", hint="Where it gets darker the map is negative; ReLU comes later.")
def edge_maps(images):
    across = torch.tensor([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
    filters = torch.stack([across, across.T, torch.full((3, 3), 1 / 9)]).unsqueeze(1)
    return nn.functional.conv2d(images, filters, padding=1).relu()


@mistake("MC610", "Repeats the border instead of zeros", hint="The text pads with zeros: the border of the picture is an edge then, too.")
def edge_maps(images):
    across = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    w = torch.stack([across, across.t(), torch.full((3, 3), 1 / 9)]).unsqueeze(1)
    return nn.functional.conv2d(nn.functional.pad(images, (1, 1, 1, 1), mode="replicate"), w)


@mistake("MC802", "Divides by the number of pixels within the picture", hint="The zeros around count as well: each of the nine weights is 1/9 everywhere.")
def edge_maps(images):
    a = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    edges = nn.functional.conv2d(images, torch.stack([a, a.T])[:, None], padding=1)
    blur = nn.functional.avg_pool2d(images, 3, 1, 1, count_include_pad=False)
    return torch.cat([edges, blur], 1)


@mistake("MC813", "Has the second filter upside down", hint="The map of \"down\" is positive where the picture gets brighter from top to bottom: the row of -1, -2, -1 is the upper one.")
def edge_maps(images):
    across = torch.tensor([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
    filters = torch.stack([across, across.T.flip(0), torch.ones(3, 3) / 9]).unsqueeze(1)
    return nn.functional.conv2d(images, filters, padding=1)
