import torch

from grader import alternative


@alternative("plain Python")
def calibration_gap(confidence, correct, bins):
    total = [[0, 0.0, 0] for _ in range(bins)]
    for c, right in zip(confidence.tolist(), correct.tolist()):
        slot = total[min(int(c * bins), bins - 1)]
        slot[0] += 1
        slot[1] += c
        slot[2] += right
    n = len(confidence)
    return float(sum(abs(claimed - hits) for _, claimed, hits in total) / n)


@alternative("bincount")
def calibration_gap(confidence, correct, bins):
    which = torch.floor(confidence * bins).to(torch.int64).clamp_max(bins - 1)
    claimed = torch.bincount(which, weights=confidence.double(), minlength=bins)
    hits = torch.bincount(which, weights=correct.double(), minlength=bins)
    return ((claimed - hits).abs().sum() / confidence.numel()).item()


@alternative("masks between the edges")
def calibration_gap(confidence, correct, bins):
    edges = [k / bins for k in range(bins)] + [2.0]
    gap = 0.0
    for low, high in zip(edges, edges[1:]):
        inside = (confidence >= low) & (confidence < high)
        if inside.sum() > 0:
            gap += abs((confidence[inside].double() - correct[inside].double()).sum().item()) / len(correct)
    return gap
