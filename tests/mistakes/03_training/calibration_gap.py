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


@mistake("ML403", 'Spreads the bins over the confidences that came', hint='The bins divide the range from 0 to 1, whatever the smallest and the largest confidence are.')
def calibration_gap(confidence, correct, bins):
    c = confidence.double()
    low, width = c.min(), (c.max() - c.min()).clamp(min=1e-12) / bins
    place = ((c - low) / width).long().clamp(max=bins - 1)
    sums = torch.zeros(bins, dtype=torch.float64).index_add_(0, place, c - correct.double())
    return (sums.abs().sum() / len(c)).item()


@mistake("ML404", 'Gives the confidence 1 a bin of its own', hint='1.0 belongs to the last bin, together with what lies just below it.')
def calibration_gap(confidence, correct, bins):
    c = confidence.double()
    place = torch.floor(c * bins).long()
    sums = torch.zeros(bins + 1, dtype=torch.float64).index_add_(0, place, c - correct.double())
    return (sums.abs().sum() / len(c)).item()


@mistake("ML500", 'Leaves the confidence 0 out', hint='Bins begin with their lower edge: 0 belongs to the first one, and an edge to the bin above it.')
def calibration_gap(confidence, correct, bins):
    total = 0.0
    for k in range(bins):
        inside = (confidence > k / bins) & (confidence <= (k + 1) / bins)
        if inside.any():
            gap = confidence[inside].double().mean() - correct[inside].double().mean()
            total += inside.sum().item() / len(confidence) * abs(gap.item())
    return total


@mistake("ML501", 'Compares with the middle of the bin', hint='The mean of the confidences that lie in the bin was asked for.')
def calibration_gap(confidence, correct, bins):
    place = (confidence.double() * bins).long().clamp(max=bins - 1)
    total = 0.0
    for k in place.unique().tolist():
        inside = place == k
        total += inside.double().mean().item() * abs((k + 0.5) / bins - correct[inside].double().mean().item())
    return total
