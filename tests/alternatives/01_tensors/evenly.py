import math

import torch

from grader import alternative


@alternative("counts the numbers and scales them")
def evenly(start, stop, step):
    n = math.ceil((stop - start) / step)
    return start + step * torch.arange(n).float()
