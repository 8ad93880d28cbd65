import torch

from grader import alternative


@alternative("casts and compares")
def smallest_int_dtype(t):
    for dtype in [torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64]:
        if torch.equal(t.to(dtype).to(torch.int64), t):
            return dtype
