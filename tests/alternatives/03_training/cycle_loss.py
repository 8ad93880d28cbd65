from torch import nn
from torch.nn import functional as F

from grader import alternative


@alternative("l1_loss")
def cycle_loss(a, b, a_to_b, b_to_a):
    return F.l1_loss(b_to_a(a_to_b(a)), a) + F.l1_loss(a_to_b(b_to_a(b)), b)


@alternative("a loss object and a loop over the two ways")
def cycle_loss(a, b, a_to_b, b_to_a):
    away, total = nn.L1Loss(), 0
    for home, there, back in ((a, a_to_b, b_to_a), (b, b_to_a, a_to_b)):
        total = total + away(back(there(home)), home)
    return total


@alternative("sums over counts")
def cycle_loss(a, b, a_to_b, b_to_a):
    rest_a, rest_b = a - b_to_a(a_to_b(a)), b - a_to_b(b_to_a(b))
    return rest_a.abs().sum() / rest_a.numel() + rest_b.abs().sum() / rest_b.numel()
