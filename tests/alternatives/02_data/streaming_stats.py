import torch

from grader import alternative


@alternative("Chan's update of mean and squared deviations")
def streaming_stats(batches):
    n, mean, deviations = 0, None, None
    for batch in batches:
        flat = batch.to(torch.float64).transpose(0, 1).flatten(1)
        k, m = flat.shape[1], flat.mean(1)
        d = (flat - m[:, None]).pow(2).sum(1)
        if n == 0:
            n, mean, deviations = k, m, d
        else:
            delta = m - mean
            deviations = deviations + d + delta**2 * n * k / (n + k)
            mean = mean + delta * k / (n + k)
            n += k
    return mean.float(), (deviations / n).sqrt().float()


@alternative("shifted by the first value, so that float32 would nearly do")
def streaming_stats(batches):
    shift, n, first, second = None, 0, 0, 0
    for batch in batches:
        if shift is None:
            shift = batch[0, :, 0, 0].clone()
        moved = (batch - shift[:, None, None]).double()
        n += batch.numel() // batch.size(1)
        first = first + moved.sum((0, 2, 3))
        second = second + (moved ** 2).sum((0, 2, 3))
    mean = first / n
    return (mean + shift).float(), torch.sqrt(second / n - mean ** 2).float()


@alternative("each batch in float32, merged in float64")
def streaming_stats(batches):
    sizes, means, variances = [], [], []
    for batch in batches:
        var, mean = torch.var_mean(batch, dim=(0, 2, 3), correction=0)
        sizes.append(batch.numel() / batch.shape[1])
        means.append(mean.double())
        variances.append(var.double())
    w = torch.tensor(sizes, dtype=torch.float64)[:, None] / sum(sizes)
    means, variances = torch.stack(means), torch.stack(variances)
    mean = (w * means).sum(0)
    std = (w * (variances + (means - mean) ** 2)).sum(0).sqrt()
    return mean.float(), std.float()
