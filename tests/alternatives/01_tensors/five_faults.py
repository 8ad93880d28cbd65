import torch

from grader import alternative


@alternative("the mean in float32, rounded down")
def mix(a, b):
    return torch.stack([a, b]).float().mean(dim=0).floor().to(torch.uint8)


@alternative("bits")
def mix(a, b):
    return (a & b) + ((a ^ b) >> 1)


@alternative("PyTorch's own loss")
def squared_error(scores, targets):
    return torch.nn.functional.mse_loss(scores.squeeze(1), targets)


@alternative("targets as a column")
def squared_error(scores, targets):
    return (scores - targets.unsqueeze(1)).square().mean()


@alternative("cumsum")
def running_sums(rows):
    return [row.clone() for row in rows.cumsum(dim=0)]


@alternative("clones")
def running_sums(rows):
    total, sums = torch.zeros_like(rows[0]), []
    for row in rows:
        total += row
        sums.append(total.clone())
    return sums


@alternative("a slice per channel")
def channels_as_rows(image):
    return torch.stack([image[..., c].flatten() for c in range(image.shape[2])])


@alternative("pixels first, then a transpose")
def channels_as_rows(image):
    return image.reshape(-1, image.shape[2]).T


@alternative("max with keepdim")
def share_of_largest(table):
    return table / table.max(dim=1, keepdim=True).values


@alternative("row by row")
def share_of_largest(table):
    return torch.stack([row / row.max() for row in table])
