import torch

from grader import mistake


@mistake("MT520", 'Leaves the pixels at 0 to 16', hint='The network has learned from pixels between 0 and 1: divide by 16.')
def read_digits(images, w1, w2, b1, b2):
    hidden = torch.sigmoid(images.flatten(1).float() @ w1 + b1)
    return torch.sigmoid(hidden @ w2 + b2).argmax(dim=1)


@mistake("MT521", 'Divides by 255', hint='These pixels go up to 16, not to 255.')
def read_digits(images, w1, w2, b1, b2):
    hidden = torch.sigmoid(images.flatten(1) / 255 @ w1 + b1)
    return torch.sigmoid(hidden @ w2 + b2).argmax(dim=1)


@mistake("MT522", 'Divides whole numbers', hint='`//` discards what is behind the point: all greys become 0.')
def read_digits(images, w1, w2, b1, b2):
    hidden = torch.sigmoid((images.flatten(1) // 16).float() @ w1 + b1)
    return torch.sigmoid(hidden @ w2 + b2).argmax(dim=1)


@mistake("MT523", 'Reads the pixels column by column', hint='The rows of w1 belong to the pixels in reading order: first the upper row, from left to right.')
def read_digits(images, w1, w2, b1, b2):
    hidden = torch.sigmoid(images.transpose(1, 2).flatten(1) / 16 @ w1 + b1)
    return torch.sigmoid(hidden @ w2 + b2).argmax(dim=1)


@mistake("MT524", 'Has no activation between the layers', hint='Without an activation in between, two linear layers are no more than one.')
def read_digits(images, w1, w2, b1, b2):
    return torch.sigmoid((images.flatten(1) / 16 @ w1 + b1) @ w2 + b2).argmax(dim=1)


@mistake("MT525", 'Has a ReLU between the layers', hint='Both layers end with a sigmoid; with another activation these weights mean nothing.')
def read_digits(images, w1, w2, b1, b2):
    return ((images.flatten(1) / 16 @ w1 + b1).relu() @ w2 + b2).argmax(dim=1)


@mistake("MT526", 'Forgets both biases', hint='Each layer adds its bias before the sigmoid.')
def read_digits(images, w1, w2, b1, b2):
    return (torch.sigmoid(images.flatten(1) / 16 @ w1) @ w2).argmax(dim=1)


@mistake("MT527", 'Forgets the bias of the second layer', hint='The outputs are compared after their biases are added.')
def read_digits(images, w1, w2, b1, b2):
    return (torch.sigmoid(images.flatten(1) / 16 @ w1 + b1) @ w2).argmax(dim=1)


@mistake("MT528", 'Returns the outputs', hint='The place of the largest output was asked for, one int64 for each picture.')
def read_digits(images, w1, w2, b1, b2):
    hidden = torch.sigmoid(images.flatten(1) / 16 @ w1 + b1)
    return torch.sigmoid(hidden @ w2 + b2)


@mistake("MT529", 'Gives one place for the whole batch', hint='Without a dim, `argmax` gives a single place in the flattened tensor.')
def read_digits(images, w1, w2, b1, b2):
    hidden = torch.sigmoid(images.flatten(1) / 16 @ w1 + b1)
    return torch.sigmoid(hidden @ w2 + b2).argmax()


@mistake("MT530", 'Looks for the largest of each output', hint='The dim that you name disappears: for one result per picture, the outputs must go.')
def read_digits(images, w1, w2, b1, b2):
    hidden = torch.sigmoid(images.flatten(1) / 16 @ w1 + b1)
    return torch.sigmoid(hidden @ w2 + b2).argmax(dim=0)


@mistake("MT531", 'Squeezes the result', hint='With one picture, `squeeze()` drops the axis of the pictures as well.')
def read_digits(images, w1, w2, b1, b2):
    hidden = torch.sigmoid(images.flatten(1) / 16 @ w1 + b1)
    return torch.sigmoid(hidden @ w2 + b2).argmax(dim=1).squeeze()


@mistake("MT532", 'Takes pictures of 8×8 for granted', hint='Pictures may have other sizes: flatten what is there.')
def read_digits(images, w1, w2, b1, b2):
    hidden = torch.sigmoid(images.reshape(-1, 64) / 16 @ w1 + b1)
    return torch.sigmoid(hidden @ w2 + b2).argmax(dim=1)


@mistake("MT533", 'Compares rounded outputs', hint='Two outputs may both be near 1, and the larger one counts. Compare them as they are.')
def read_digits(images, w1, w2, b1, b2):
    hidden = torch.sigmoid(images.flatten(1) / 16 @ w1 + b1)
    return torch.sigmoid(hidden @ w2 + b2).round().argmax(dim=1)


@mistake("MT534", 'Gives floats', hint='Places are whole numbers: int64.')
def read_digits(images, w1, w2, b1, b2):
    hidden = torch.sigmoid(images.flatten(1) / 16 @ w1 + b1)
    return torch.sigmoid(hidden @ w2 + b2).argmax(dim=1).float()


@mistake("MT535", "Divides by the largest pixel that there is", hint="A pale picture has no full pixel. The scale is 16 for all of them.")
def read_digits(images, w1, w2, b1, b2):
    hidden = torch.sigmoid(images.flatten(1) / images.max() @ w1 + b1)
    return torch.sigmoid(hidden @ w2 + b2).argmax(dim=1)


@mistake("MT536", "Divides by 15", hint="The pixels go from 0 to 16, and the network wants 1 for 16.")
def read_digits(images, w1, w2, b1, b2):
    hidden = torch.sigmoid(images.flatten(1) / 15 @ w1 + b1)
    return torch.sigmoid(hidden @ w2 + b2).argmax(dim=1)
