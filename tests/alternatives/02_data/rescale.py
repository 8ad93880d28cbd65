import torch

from grader import alternative


@alternative("subtract and divide by what was chosen")
def rescale(days, channel, how, levels=4):
    x = days[:, channel].clone()
    if how not in ("levels", "minmax", "zscore"):
        raise ValueError(how)
    low, width = {
        "levels": (1, levels - 1),
        "minmax": (x.min(), x.max() - x.min()),
        "zscore": (x.mean(), x.std()),
    }[how]
    return torch.cat([days[:, :channel], ((x - low) / width).unsqueeze(1), days[:, channel + 1 :]], dim=1)


@alternative("linspace for the levels")
def rescale(days, channel, how, levels=4):
    result = days.clone()
    values = result[:, channel]
    match how:
        case "levels":
            values.copy_(torch.linspace(0, 1, levels)[values.long() - 1])
        case "minmax":
            low, high = torch.aminmax(days[:, channel])
            values.sub_(low).div_(high - low)
        case "zscore":
            std, mean = torch.std_mean(days[:, channel])
            values.sub_(mean).div_(std)
        case _:
            raise ValueError("how")
    return result
