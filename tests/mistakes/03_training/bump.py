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
