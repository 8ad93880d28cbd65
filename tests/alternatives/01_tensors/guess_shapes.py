import torch

from grader import alternative


@alternative("predicts something else")
def guess_shapes():
    return {"(3, 1) + (1, 4)": None, "(4,) + (3, 4)": [4], "(4, 3) + (4,)": (4, 3), "(5, 1, 2) + (3, 1)": None}


@alternative("asks PyTorch")
def guess_shapes():
    return {
        "(3, 1) + (1, 4)": torch.broadcast_shapes((3, 1), (1, 4)), "(4,) + (3, 4)": torch.zeros(3, 4).shape,
        "(4, 3) + (4,)": None, "(5, 1, 2) + (3, 1)": torch.broadcast_shapes((5, 1, 2), (3, 1)),
    }
