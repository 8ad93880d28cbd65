import torch

from grader import alternative


@alternative("predicts something else")
def guess_trail():
    return {"after the first": 6.0, "after the second": 6.0, "after the third": 6.0}


@alternative("runs the code first")
def guess_trail():
    p, came = torch.tensor(3.0, requires_grad=True), {}
    for name in ("first", "second", "third"):
        (p * p).backward()
        came[f"after the {name}"] = p.grad.item()
    return came
