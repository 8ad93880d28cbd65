import torch

from grader import alternative


@alternative("predicts something else")
def guess_bytes():
    return {"grid_on": 2048, "floats": 1, "pictures_on": 7}


@alternative("computes it")
def guess_bytes():
    pictures = torch.zeros(8, 32, 32, 3, dtype=torch.uint8)
    return {"floats": pictures.float().nbytes, "pictures_on": pictures.nbytes, "grid_on": 0}
