import bisect

import torch

from grader import alternative


@alternative("halving from the start")
def largest_batch(step, limit):
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        try:
            step(middle)
        except torch.cuda.OutOfMemoryError:
            high = middle - 1
        else:
            low = middle
    return low


@alternative("bisect with a key")
def largest_batch(step, limit):
    def too_large(n):
        try:
            step(n)
            return False
        except torch.OutOfMemoryError:
            return True

    return bisect.bisect_left(range(1, limit + 1), True, key=too_large)
