import torch

from grader import alternative


@alternative("predicts something else")
def guess_layout():
    return {"photo": [9], "permuted": (1, 2, 3), "reshaped": ()}


@alternative("runs the code first")
def guess_layout():
    photo = torch.zeros(100, 150, 3, dtype=torch.uint8)
    shapes = {"photo": photo, "permuted": photo.permute(2, 0, 1), "reshaped": photo.reshape(3, 100, 150)}
    return {name: picture.stride() for name, picture in shapes.items()}
