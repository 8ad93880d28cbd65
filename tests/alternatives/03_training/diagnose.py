import torch

from grader import alternative


@alternative("tensors")
def diagnose(train_losses, val_losses):
    train, val = torch.tensor(train_losses, dtype=torch.float64), torch.tensor(val_losses, dtype=torch.float64)
    if not torch.isfinite(torch.cat([train, val])).all():
        return "diverged"
    if train[-1] > 0.9 * train[0]:
        return "stuck"
    if val[-1] > 1.1 * val.min():
        return "overfits"
    return "fine"


@alternative("a list of rules, and a loop that looks for strange numbers")
def diagnose(train_losses, val_losses):
    strange = [v for v in [*train_losses, *val_losses] if v != v or v in (float("inf"), float("-inf"))]
    rules = [
        ("diverged", bool(strange)),
        ("stuck", train_losses[-1] / train_losses[0] > 0.9),
        ("overfits", val_losses[-1] > 1.1 * sorted(val_losses)[0]),
        ("fine", True),
    ]
    return next(name for name, applies in rules if applies)
