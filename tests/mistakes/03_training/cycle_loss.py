import torch
from torch import nn

from grader import mistake


@mistake("ML330", "Goes there and not back", hint="It does not matter what a looks like in B, only whether it comes home.")
def cycle_loss(a, b, a_to_b, b_to_a):
    n = min(len(a), len(b))
    return (a_to_b(a)[:n] - b[:n]).abs().mean() + (b_to_a(b)[:n] - a[:n]).abs().mean()


@mistake("ML331", "Looks at one kind only", hint="There are two ways: from A to B and home, and from B to A and home.")
def cycle_loss(a, b, a_to_b, b_to_a):
    return (b_to_a(a_to_b(a)) - a).abs().mean()


@mistake("ML332", "Squares the differences", hint="The mean *absolute* difference was asked for.")
def cycle_loss(a, b, a_to_b, b_to_a):
    return ((b_to_a(a_to_b(a)) - a) ** 2).mean() + ((a_to_b(b_to_a(b)) - b) ** 2).mean()


@mistake("ML333", "Adds up instead of averaging", hint="The mean, so that it does not depend on how many samples there are.")
def cycle_loss(a, b, a_to_b, b_to_a):
    return (b_to_a(a_to_b(a)) - a).abs().sum() + (a_to_b(b_to_a(b)) - b).abs().sum()


@mistake("ML334", "Starts with the wrong generator", hint="A sample of A first goes through `a_to_b`.")
def cycle_loss(a, b, a_to_b, b_to_a):
    return (a_to_b(b_to_a(a)) - a).abs().mean() + (b_to_a(a_to_b(b)) - b).abs().mean()


@mistake("ML335", "Cuts the graph half way", hint="Both generators are to learn from this loss. Nothing is detached here.")
def cycle_loss(a, b, a_to_b, b_to_a):
    return (b_to_a(a_to_b(a).detach()) - a).abs().mean() + (a_to_b(b_to_a(b).detach()) - b).abs().mean()


@mistake("ML336", "Lets errors of either sign cancel", hint="The absolute value comes before the mean, or 3 too much and 3 too little count as nothing.")
def cycle_loss(a, b, a_to_b, b_to_a):
    return (b_to_a(a_to_b(a)) - a).mean().abs() + (a_to_b(b_to_a(b)) - b).mean().abs()


@mistake("ML337", "Takes the mean of the two halves", hint="The one half *plus* the other.")
def cycle_loss(a, b, a_to_b, b_to_a):
    return ((b_to_a(a_to_b(a)) - a).abs().mean() + (a_to_b(b_to_a(b)) - b).abs().mean()) / 2


@mistake("ML338", "Returns a Python float", hint="This loss has to go backward. Leave it a tensor.")
def cycle_loss(a, b, a_to_b, b_to_a):
    return ((b_to_a(a_to_b(a)) - a).abs().mean() + (a_to_b(b_to_a(b)) - b).abs().mean()).item()


@mistake("ML339", "Wants A and B to be alike", hint="A horse need not look like a zebra. Compare each sample with what it was before it left.")
def cycle_loss(a, b, a_to_b, b_to_a):
    n = min(len(a), len(b))
    return (b_to_a(a_to_b(a))[:n] - b_to_a(b)[:n]).abs().mean() + (a_to_b(b_to_a(b))[:n] - a_to_b(a)[:n]).abs().mean()


@mistake("ML537", 'Averages over both kinds together', hint='A mean for each of the two, then their sum: they need not be equally many.')
def cycle_loss(a, b, a_to_b, b_to_a):
    off = torch.cat([(b_to_a(a_to_b(a)) - a).flatten(), (a_to_b(b_to_a(b)) - b).flatten()])
    return 2 * off.abs().mean()


@mistake("ML538", 'Rounds the corner at zero', hint='The mean absolute difference was asked for, near zero as well.')
def cycle_loss(a, b, a_to_b, b_to_a):
    near = nn.functional.smooth_l1_loss
    return near(b_to_a(a_to_b(a)), a) + near(a_to_b(b_to_a(b)), b)
