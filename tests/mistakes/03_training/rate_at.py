import math

from grader import mistake


@mistake("ML235", "Starts to warm up from zero", hint="In epoch 0 the rate is base / warmup, and in the last epoch of warming up it is base.")
def rate_at(epoch, base, warmup, total):
    if epoch < warmup:
        return base * epoch / warmup
    return base * 0.5 * (1 + math.cos(math.pi * (epoch - warmup) / (total - warmup)))


@mistake("ML236", "Measures progress from the start of the training", hint="The wave begins after the warm-up: subtract warmup from both epochs.")
def rate_at(epoch, base, warmup, total):
    if epoch < warmup:
        return base * (epoch + 1) / warmup
    return base * 0.5 * (1 + math.cos(math.pi * epoch / total))


@mistake("ML237", "Goes down along a whole wave", hint="Half a wave ends at its lowest point: cos of π times progress.")
def rate_at(epoch, base, warmup, total):
    if epoch < warmup:
        return base * (epoch + 1) / warmup
    return base * 0.5 * (1 + math.cos(2 * math.pi * (epoch - warmup) / (total - warmup)))


@mistake("ML238", "Goes down in a straight line", hint="After the warm-up the rate follows a cosine.")
def rate_at(epoch, base, warmup, total):
    if epoch < warmup:
        return base * (epoch + 1) / warmup
    return base * (1 - (epoch - warmup) / (total - warmup))


@mistake("ML239", "Changes the first group only", hint="There may be several groups of parameters. Go through all of them.")
def set_rate(optimizer, rate):
    optimizer.param_groups[0]["lr"] = rate


@mistake("ML240", "Sets an attribute that nobody reads", hint="The optimizer takes the rate from its `param_groups`.")
def set_rate(optimizer, rate):
    optimizer.lr = rate


@mistake("ML418", 'Makes the optimizer forget its memory', hint='Only the rate was to change: momentum and averages stay.')
def set_rate(optimizer, rate):
    for group in optimizer.param_groups:
        group["lr"] = rate
    optimizer.state.clear()


@mistake("ML511", 'Lets the rate reach zero in the last epoch', hint='Progress is divided by total - warmup, which it does not reach.')
def rate_at(epoch, base, warmup, total):
    if epoch < warmup:
        return base * (epoch + 1) / warmup
    progress = (epoch - warmup) / max(1, total - warmup - 1)
    return 0.5 * base * (1 + math.cos(math.pi * progress))


@mistake("ML512", 'Multiplies the warm-up and the cosine', hint='While it warms up there is no cosine.')
def rate_at(epoch, base, warmup, total):
    ramp = min(1.0, (epoch + 1) / warmup) if warmup else 1.0
    progress = max(0, epoch - warmup) / (total - warmup) if warmup else epoch / total
    return base * ramp * 0.5 * (1 + math.cos(math.pi * (progress if epoch >= warmup else epoch / total)))


@mistake("ML513", 'Warms up one epoch too long', hint='In the epoch warmup - 1 the rate is `base` already.')
def rate_at(epoch, base, warmup, total):
    if warmup and epoch <= warmup:
        return base * min(1, (epoch + 1) / (warmup + 1))
    return base * 0.5 * (1 + math.cos(math.pi * (epoch - warmup) / (total - warmup)))


@mistake("ML514", 'Keeps the ratio between the groups', hint='All groups get the same rate.')
def set_rate(optimizer, rate):
    factor = rate / optimizer.param_groups[0]["lr"]
    for group in optimizer.param_groups:
        group["lr"] *= factor


@mistake("ML515", 'Changes the last group only', hint='Go through all of `param_groups`. `defaults` is read for new groups only.')
def set_rate(optimizer, rate):
    optimizer.defaults["lr"] = rate
    optimizer.param_groups[-1]["lr"] = rate


@mistake("ML556", "Puts the defaults back into the groups", hint="A group may have settings of its own, such as its momentum. Change nothing but the one entry, in the group that is there.")
def set_rate(optimizer, rate):
    optimizer.param_groups = [{**optimizer.defaults, "params": group["params"], "lr": rate} for group in optimizer.param_groups]
