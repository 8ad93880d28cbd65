import torch

from grader import alternative


@alternative("clips twice, through int32")
def quantise(t, scale, zero_point):
    return ((t / scale).round().clip(-255, 255).int() + zero_point).clip(0, 255).byte()


@alternative("clamps before the zero point is added")
def quantise(t, scale, zero_point):
    return (torch.div(t, scale).round().clamp(-zero_point, 255 - zero_point).to(torch.int64) + zero_point).to(torch.uint8)
