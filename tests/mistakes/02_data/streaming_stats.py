import torch

from grader import mistake


@mistake("MD11a", "Averages the standard deviations of the batches", hint="Standard deviations do not average: what differs between batches gets lost. Gather sums, and sums of squares.")
def streaming_stats(batches):
    count, total, stds = 0, 0.0, []
    for batch in batches:
        wide = batch.double()
        count += wide[:, 0].numel()
        total = total + wide.sum(dim=(0, 2, 3))
        stds.append(wide.std(dim=(0, 2, 3), correction=0))
    return (total / count).float(), torch.stack(stds).mean(0).float()


@mistake("MD236", "Gives every batch the same weight", hint="A small last batch then counts as much as a full one. Add up sums, and divide by the number of values.")
def streaming_stats(batches):
    means, squares = [], []
    for batch in batches:
        wide = batch.double()
        means.append(wide.mean(dim=(0, 2, 3)))
        squares.append(wide.square().mean(dim=(0, 2, 3)))
    mean = torch.stack(means).mean(0)
    return mean.float(), (torch.stack(squares).mean(0) - mean**2).sqrt().float()


@mistake("MD237", "Goes through the batches twice", hint="A generator is empty after the first time. One pass must do: gather the squares along with the sums.")
def streaming_stats(batches):
    count, total, squares = 0, torch.zeros(1, dtype=torch.float64), torch.zeros(1, dtype=torch.float64)
    for batch in batches:
        count += batch[:, 0].numel()
        total = total + batch.double().sum(dim=(0, 2, 3))
    mean = total / count
    for batch in batches:
        squares = squares + (batch.double() - mean[:, None, None]).square().sum(dim=(0, 2, 3))
    return mean.float(), (squares / count).sqrt().float()


@mistake("MD238", "Adds up in float32", hint="The mean of the squares and the square of the mean are large and nearly equal; float32 has no digits left for their difference. Use float64 for the sums.")
def streaming_stats(batches):
    count, total, squares = 0, torch.zeros(1), torch.zeros(1)
    for batch in batches:
        count += batch[:, 0].numel()
        total = total + batch.sum(dim=(0, 2, 3))
        squares = squares + batch.square().sum(dim=(0, 2, 3))
    mean = total / count
    return mean, (squares / count - mean.square()).clamp(min=0).sqrt()


@mistake("MD14b", "Returns the variance", hint="The spread is its root.")
def streaming_stats(batches):
    count, total, squares = 0, 0.0, 0.0
    for batch in batches:
        wide = batch.double()
        count += wide[:, 0].numel()
        total = total + wide.sum(dim=(0, 2, 3))
        squares = squares + wide.square().sum(dim=(0, 2, 3))
    mean = total / count
    return mean.float(), (squares / count - mean.square()).float()


@mistake("MD239", "Divides by the number of pictures", hint="n is the number of values in a channel: pictures times pixels.")
def streaming_stats(batches):
    count, total, squares = 0, 0.0, 0.0
    for batch in batches:
        wide = batch.double()
        count += len(batch)
        total = total + wide.sum(dim=(0, 2, 3))
        squares = squares + wide.square().sum(dim=(0, 2, 3))
    mean = total / count
    return mean.float(), (squares / count - mean.square()).abs().sqrt().float()


@mistake("MD240", "Divides by n − 1", hint="Here the spread divides by n. (For a large data set it makes no difference, for the check it does.)")
def streaming_stats(batches):
    values = torch.cat(list(batches)).double()
    return values.mean(dim=(0, 2, 3)).float(), values.std(dim=(0, 2, 3)).float()


@mistake("MD302", "Takes the root of what may be just below 0", hint="Where a channel is the same everywhere, rounding can make the variance a little negative, and its root NaN. Limit it to 0 first.")
def streaming_stats(batches):
    n, total, squares = 0, 0, 0
    for batch in batches:
        batch = batch.double()
        n += batch.numel() // batch.shape[1]
        total = total + batch.sum(dim=(0, 2, 3))
        squares = squares + (batch**2).sum(dim=(0, 2, 3))
    mean = total / n
    return mean.float(), (squares / n - mean**2).sqrt().float()


@mistake("MD353", "Averages both statistics of the batches", hint="A smaller last batch must not count as much as the others, and standard deviations do not average at all. Gather sums, and sums of squares.")
def streaming_stats(batches):
    means, stds = [], []
    for batch in batches:
        means.append(batch.double().mean(dim=(0, 2, 3)))
        stds.append(batch.double().std(dim=(0, 2, 3), unbiased=False))
    return torch.stack(means).mean(0).float(), torch.stack(stds).mean(0).float()


@mistake("MD354", "Squares before it converts to float64", hint="The digits are lost when float32 is squared, and the conversion comes too late. Convert the batch first.")
def streaming_stats(batches):
    n, total, squares = 0, 0.0, 0.0
    for batch in batches:
        n += batch.numel() // batch.shape[1]
        total = total + batch.sum(dim=(0, 2, 3)).double()
        squares = squares + (batch**2).sum(dim=(0, 2, 3)).double()
    mean = total / n
    return mean.float(), (squares / n - mean**2).clamp(min=0).sqrt().float()


@mistake("MD355", "Needs the batches a second time", hint="A generator is empty after the first time, so nothing is left for the spread. Gather the squares along with the sums.")
def streaming_stats(batches):
    n, total = 0, 0.0
    for batch in batches:
        n += batch.numel() // batch.shape[1]
        total = total + batch.double().sum(dim=(0, 2, 3))
    mean = total / n
    square = torch.zeros_like(mean)
    for batch in batches:
        square += ((batch.double() - mean[:, None, None]) ** 2).sum(dim=(0, 2, 3))
    return mean.float(), (square / n).sqrt().float()


@mistake("MD364", "Keeps all batches", hint="A training set may be larger than the memory. Gather sums as the batches go by, and keep no batch.")
def streaming_stats(batches):
    values = torch.cat([batch.double() for batch in batches])
    std, mean = torch.std_mean(values, dim=(0, 2, 3), correction=0)
    return [mean.float(), std.float()]


@mistake("MD501", "Leaves out what differs between the batches", hint="The spread within the batches is not all: their means differ, too. Gather sums of squares.")
def streaming_stats(batches):
    n, total, spread = 0, 0.0, 0.0
    for batch in batches:
        b = batch.double()
        k = b.numel() // b.shape[1]
        n += k
        total = total + b.sum(dim=(0, 2, 3))
        spread = spread + k * b.var(dim=(0, 2, 3), correction=0)
    return (total / n).float(), (spread / n).sqrt().float()


@mistake("MD502", "Divides the sums by n − 1", hint="Here the spread divides by n. (For a large data set it makes no difference, for the check it does.)")
def streaming_stats(batches):
    n, total, squares = 0, 0.0, 0.0
    for batch in batches:
        b = batch.double()
        n += b.numel() // b.shape[1]
        total = total + b.sum(dim=(0, 2, 3))
        squares = squares + b.square().sum(dim=(0, 2, 3))
    mean = total / n
    return mean.float(), ((squares - n * mean**2) / (n - 1)).clamp(min=0).sqrt().float()


@mistake("MD503", "Counts on batches as large as the first", hint="The last batch may be smaller. Count the values of each.")
def streaming_stats(batches):
    count, size, total, squares = 0, None, 0.0, 0.0
    for batch in batches:
        b = batch.double()
        size = size or b.numel() // b.shape[1]
        count += 1
        total = total + b.sum(dim=(0, 2, 3))
        squares = squares + b.square().sum(dim=(0, 2, 3))
    mean = total / (count * size)
    return mean.float(), (squares / (count * size) - mean**2).clamp(min=0).sqrt().float()


@mistake("MD504", "Takes the spread around the mean of the first batch", hint="The mean of all is known only at the end. Gather sums of squares, and subtract then.")
def streaming_stats(batches):
    n, total, squares, centre = 0, 0.0, 0.0, None
    for batch in batches:
        b = batch.double()
        if centre is None:
            centre = b.mean(dim=(0, 2, 3), keepdim=True)
        n += b.numel() // b.shape[1]
        total = total + b.sum(dim=(0, 2, 3))
        squares = squares + (b - centre).square().sum(dim=(0, 2, 3))
    return (total / n).float(), (squares / n).sqrt().float()


@mistake("MD505", "Makes the spread at least 0.001", hint="A channel without spread has a std of 0. Limit the variance to 0, not to more.")
def streaming_stats(batches):
    n, total, squares = 0, 0.0, 0.0
    for batch in batches:
        b = batch.double()
        n += b.numel() // b.shape[1]
        total = total + b.sum(dim=(0, 2, 3))
        squares = squares + b.square().sum(dim=(0, 2, 3))
    mean = total / n
    return mean.float(), (squares / n - mean**2).clamp(min=1e-6).sqrt().float()


@mistake("MD548", "Counts the values of all channels together", hint="The sums are those of one channel each, so they are divided by the values of one channel: N · H · W in each batch. `numel()` counts the channels, too.")
def streaming_stats(batches):
    n, total, squares = 0, 0.0, 0.0
    for batch in batches:
        b = batch.double()
        n += b.numel()
        total = total + b.sum(dim=(0, 2, 3))
        squares = squares + b.square().sum(dim=(0, 2, 3))
    mean = total / n
    return mean.float(), (squares / n - mean**2).clamp(min=0).sqrt().float()
