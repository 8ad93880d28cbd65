import torch

from grader import mistake


@mistake("ML221", "Lets gaps of opposite sign cancel", hint="Too much confidence in one bin does not make up for too little in another. Take the absolute value bin by bin.")
def calibration_gap(confidence, correct, bins):
    return abs(confidence.mean().item() - correct.float().mean().item())


@mistake("ML222", "Gives every bin the same weight", hint="A bin counts as much as it holds predictions.")
def calibration_gap(confidence, correct, bins):
    which = (confidence * bins).long().clamp(max=bins - 1)
    gaps = []
    for k in range(bins):
        inside = which == k
        if inside.any():
            gaps.append(abs(confidence[inside].mean().item() - correct[inside].float().mean().item()))
    return sum(gaps) / len(gaps)


@mistake("ML223", "Averages empty bins", hint="The mean of nothing is NaN. Leave empty bins out.")
def calibration_gap(confidence, correct, bins):
    which = (confidence * bins).long().clamp(max=bins - 1)
    gap = 0.0
    for k in range(bins):
        inside = which == k
        difference = confidence[inside].mean() - correct[inside].float().mean()
        gap += inside.float().mean().item() * abs(difference.item())
    return gap


@mistake("ML224", "Loses the predictions with full confidence", hint="1.0 is not below the upper edge of the last bin, but belongs there.")
def calibration_gap(confidence, correct, bins):
    which = (confidence * bins).long()
    gap = 0.0
    for k in range(bins):
        inside = which == k
        if inside.any():
            difference = confidence[inside].mean() - correct[inside].float().mean()
            gap += inside.float().mean().item() * abs(difference.item())
    return gap


@mistake("ML225", "Puts a confidence on an edge into the bin below", hint="A bin begins with its lower edge, and does not hold its upper one.")
def calibration_gap(confidence, correct, bins):
    which = ((confidence * bins).ceil() - 1).long().clamp(min=0)
    gap = 0.0
    for k in range(bins):
        inside = which == k
        if inside.any():
            difference = confidence[inside].mean() - correct[inside].float().mean()
            gap += inside.float().mean().item() * abs(difference.item())
    return gap
