import math

import numpy as np

from grader import mistake


@mistake("ML163", "Takes a gap between the curves for overfitting", hint="The validation loss may be far above the training loss. What counts is whether it rises from its own minimum.")
def diagnose(train_losses, val_losses):
    if not all(map(math.isfinite, train_losses + val_losses)):
        return "diverged"
    if train_losses[-1] > 0.9 * train_losses[0]:
        return "stuck"
    return "overfits" if val_losses[-1] > 1.1 * train_losses[-1] else "fine"


@mistake("ML164", "Compares the last validation loss with the first", hint="The loss may fall, turn and rise again without reaching its start. Compare with the smallest.")
def diagnose(train_losses, val_losses):
    if not all(map(math.isfinite, train_losses + val_losses)):
        return "diverged"
    if train_losses[-1] > 0.9 * train_losses[0]:
        return "stuck"
    return "overfits" if val_losses[-1] > 1.1 * val_losses[0] else "fine"


@mistake("ML165", "Looks for NaN in the training losses only", hint="A number that is not finite in either list means that it diverged.")
def diagnose(train_losses, val_losses):
    if not all(map(math.isfinite, train_losses)):
        return "diverged"
    if train_losses[-1] > 0.9 * train_losses[0]:
        return "stuck"
    return "overfits" if val_losses[-1] > 1.1 * min(val_losses) else "fine"


@mistake("ML166", "Asks for overfitting first", hint="The rules are tried in the order of the text; the first that applies counts.")
def diagnose(train_losses, val_losses):
    if not all(map(math.isfinite, train_losses + val_losses)):
        return "diverged"
    if val_losses[-1] > 1.1 * min(val_losses):
        return "overfits"
    return "stuck" if train_losses[-1] > 0.9 * train_losses[0] else "fine"


@mistake("ML167", "Takes any rise for overfitting", hint="A little up and down is normal. The text allows a tenth above the minimum, at the end.")
def diagnose(train_losses, val_losses):
    if not all(map(math.isfinite, train_losses + val_losses)):
        return "diverged"
    if train_losses[-1] > 0.9 * train_losses[0]:
        return "stuck"
    return "overfits" if any(b > a for a, b in zip(val_losses, val_losses[1:])) else "fine"


@mistake("ML407", 'Asks whether any epoch was better, not the last one', hint='"stuck" compares the last training loss with the first, whatever came in between.')
def diagnose(train_losses, val_losses):
    if not all(map(math.isfinite, train_losses + val_losses)):
        return "diverged"
    if min(train_losses) > 0.9 * train_losses[0]:
        return "stuck"
    return "overfits" if val_losses[-1] > 1.1 * min(val_losses) else "fine"


@mistake("ML408", 'Compares the last validation loss with the one before', hint='A curve can rise slowly. Compare the last loss with the smallest of all.')
def diagnose(train_losses, val_losses):
    if not np.isfinite(train_losses + val_losses).all():
        return "diverged"
    if train_losses[-1] > 0.9 * train_losses[0]:
        return "stuck"
    return "overfits" if val_losses[-1] > 1.1 * val_losses[-2] else "fine"


@mistake("ML472", 'Compares validation with training', hint='However far apart the two curves are, "overfits" looks at the validation losses alone.')
def diagnose(train_losses, val_losses):
    if not all(map(math.isfinite, train_losses + val_losses)):
        return "diverged"
    if train_losses[-1] > 0.9 * train_losses[0]:
        return "stuck"
    if val_losses[-1] > 1.1 * min(val_losses) or val_losses[-1] > 2 * train_losses[-1]:
        return "overfits"
    return "fine"


@mistake("ML473", 'Finds a single epoch fine', hint='The last loss is the first one then, more than 0.9 times as large.')
def diagnose(train_losses, val_losses):
    if not np.isfinite(train_losses + val_losses).all():
        return "diverged"
    if len(train_losses) == 1:
        return "fine"
    if train_losses[-1] > 0.9 * train_losses[0]:
        return "stuck"
    return "overfits" if val_losses[-1] > 1.1 * min(val_losses) else "fine"
