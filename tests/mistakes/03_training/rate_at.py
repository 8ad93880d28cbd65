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
