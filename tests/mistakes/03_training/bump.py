import torch

from grader import mistake


@mistake("ML173", "Adds the two climbs", hint="A climb and another climb make two stairs. Subtract the second one to come down again.")
def bump(x, left, right, steepness):
    return (torch.tanh(steepness * (x - left)) + torch.tanh(steepness * (x - right))) / 2


@mistake("ML174", "Does not halve the difference", hint="tanh climbs from -1 to 1, a height of 2.")
def bump(x, left, right, steepness):
    return torch.tanh(steepness * (x - left)) - torch.tanh(steepness * (x - right))


@mistake("ML175", "Applies the steepness to x alone", hint="k multiplies the whole bracket (x - a), or the edges move.")
def bump(x, left, right, steepness):
    return (torch.tanh(steepness * x - left) - torch.tanh(steepness * x - right)) / 2


@mistake("ML176", "Subtracts in the wrong order", hint="The climb at the left edge comes first; yours is a hole.")
def bump(x, left, right, steepness):
    return (torch.tanh(steepness * (x - right)) - torch.tanh(steepness * (x - left))) / 2


@mistake("ML477", 'Takes one tanh of the distance from the middle', hint='Half of the difference of *two* climbs was asked for. Yours agrees with it only where the bump is steep.')
def bump(x, left, right, steepness):
    middle, half = (left + right) / 2, (right - left) / 2
    return (1 - torch.tanh(steepness * ((x - middle).abs() - half))) / 2


@mistake("ML478", 'Multiplies the climb and the fall', hint='The *difference* of two climbs, halved.')
def bump(x, left, right, steepness):
    up = (1 + torch.tanh(steepness * (x - left))) / 2
    down = (1 - torch.tanh(steepness * (x - right))) / 2
    return up * down


@mistake("ML479", 'Takes sigmoids of the same steepness', hint='The sigmoid of 2y is half of 1 + tanh(y): it climbs half as steeply.')
def bump(x, left, right, steepness):
    return torch.sigmoid(steepness * (x - left)) - torch.sigmoid(steepness * (x - right))


@mistake("ML480", 'Divides by the highest value', hint='A gentle bump does not reach 1, and its neighbours do not matter to a place.')
def bump(x, left, right, steepness):
    height = (torch.tanh(steepness * (x - left)) - torch.tanh(steepness * (x - right))) / 2
    return height / height.max()
