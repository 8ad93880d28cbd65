import torch

from grader import alternative


@alternative("predicts something else")
def guess_strides():
    return {"nine": [9], "square": [1, 3, 5], "square[1:, 1:]": (2.0, 1.0), "square.T": ()}


@alternative("runs the code first")
def guess_strides():
    nine = torch.arange(9)
    square = nine.view(3, 3)
    return {
        "nine": nine.stride(), "square": torch.Size(square.stride()),
        "square[1:, 1:]": torch.tensor(square[1:, 1:].stride()), "square.T": square.T.stride(), "and more": None,
    }
