from grader import mistake


@mistake("MD37", "Divides the levels by their number", hint="Level 1 should become 0. Subtract the lowest level first; how many steps are then left to the highest?")
def rescale(days, channel, how, levels=4):
    values = days[:, channel]
    if how == "levels":
        new = values / levels
    elif how == "minmax":
        new = (values - values.min()) / (values.max() - values.min())
    elif how == "zscore":
        new = (values - values.mean()) / values.std()
    else:
        raise ValueError(how)
    result = days.clone()
    result[:, channel] = new
    return result


@mistake("MD37a", "Takes the levels that occur for all levels", hint="How many levels there are is an argument. If the highest does not occur, nothing becomes 1.")
def rescale(days, channel, how, levels=4):
    values = days[:, channel]
    if how in ("levels", "minmax"):
        new = (values - values.min()) / (values.max() - values.min())
    elif how == "zscore":
        new = (values - values.mean()) / values.std()
    else:
        raise ValueError(how)
    result = days.clone()
    result[:, channel] = new
    return result


@mistake("MD35", "Finds smallest and largest day by day", hint="Then every day ranges from 0 to 1, and a hot one looks like a cold one. One scale for all days.")
def rescale(days, channel, how, levels=4):
    values = days[:, channel]
    if how == "levels":
        new = (values - 1) / (levels - 1)
    elif how == "minmax":
        low, high = values.amin(dim=1, keepdim=True), values.amax(dim=1, keepdim=True)
        new = (values - low) / (high - low)
    elif how == "zscore":
        new = (values - values.mean()) / values.std()
    else:
        raise ValueError(how)
    result = days.clone()
    result[:, channel] = new
    return result


@mistake("MD149", "Standardises day by day", hint="Mean and spread are those of the channel over all days.")
def rescale(days, channel, how, levels=4):
    values = days[:, channel]
    if how == "levels":
        new = (values - 1) / (levels - 1)
    elif how == "minmax":
        new = (values - values.min()) / (values.max() - values.min())
    elif how == "zscore":
        new = (values - values.mean(dim=1, keepdim=True)) / values.std(dim=1, keepdim=True)
    else:
        raise ValueError(how)
    result = days.clone()
    result[:, channel] = new
    return result


@mistake("MD152", "Scales by the statistics of all channels", hint="Temperature has nothing to do with counts: take the statistics of that channel alone.")
def rescale(days, channel, how, levels=4):
    values = days[:, channel]
    if how == "levels":
        new = (values - 1) / (levels - 1)
    elif how == "minmax":
        new = (values - days.min()) / (days.max() - days.min())
    elif how == "zscore":
        new = (values - days.mean()) / days.std()
    else:
        raise ValueError(how)
    result = days.clone()
    result[:, channel] = new
    return result


@mistake("MD150", "Writes the new scale into the caller's days", hint="`days[:, channel] = …` changes the tensor that was passed. Write into a clone.")
def rescale(days, channel, how, levels=4):
    values = days[:, channel]
    if how == "levels":
        new = (values - 1) / (levels - 1)
    elif how == "minmax":
        new = (values - values.min()) / (values.max() - values.min())
    elif how == "zscore":
        new = (values - values.mean()) / values.std()
    else:
        raise ValueError(how)
    days[:, channel] = new
    return days


@mistake("MD151", "Takes every other word for \"zscore\"", hint="A `how` that is none of the three was to raise ValueError.")
def rescale(days, channel, how, levels=4):
    values = days[:, channel]
    if how == "levels":
        new = (values - 1) / (levels - 1)
    elif how == "minmax":
        new = (values - values.min()) / (values.max() - values.min())
    else:
        new = (values - values.mean()) / values.std()
    result = days.clone()
    result[:, channel] = new
    return result


@mistake("MD153", "Returns the one channel alone", hint="The result has the shape of the days; the other channels are as they were.")
def rescale(days, channel, how, levels=4):
    values = days[:, channel]
    if how == "levels":
        return (values - 1) / (levels - 1)
    elif how == "minmax":
        return (values - values.min()) / (values.max() - values.min())
    elif how == "zscore":
        return (values - values.mean()) / values.std()
    raise ValueError(how)


@mistake("MD332", "Leaves it to a dict to refuse", hint="A dict raises KeyError for a word that it does not know. A ValueError was asked for.")
def rescale(days, channel, how, levels=4):
    scales = {
        "levels": lambda x: (x - 1) / (levels - 1),
        "minmax": lambda x: (x - x.min()) / (x.max() - x.min()),
        "zscore": lambda x: (x - x.mean()) / x.std(),
    }
    scale = scales[how]
    out = days.clone()
    out[:, channel] = scale(out[:, channel])
    return out


@mistake("MD431", "Always divides by 3", hint="How many levels there are is an argument: with five, level 5 becomes 1.")
def rescale(days, channel, how, levels=4):
    out = days.clone()
    x = days[:, channel]
    if how == "levels":
        out[:, channel] = (x - 1) / 3
    elif how == "minmax":
        out[:, channel] = (x - x.min()) / (x.max() - x.min())
    elif how == "zscore":
        out[:, channel] = (x - x.mean()) / x.std()
    else:
        raise ValueError(how)
    return out


@mistake("MD432", "Takes capitals and hyphens for the same word", hint="Any other `how` raises ValueError, one that looks nearly right, too.")
def rescale(days, channel, how, levels=4):
    how = how.lower().replace("-", "")
    out = days.clone()
    x = days[:, channel]
    if how == "levels":
        out[:, channel] = (x - 1) / (levels - 1)
    elif how == "minmax":
        out[:, channel] = (x - x.min()) / (x.max() - x.min())
    elif how == "zscore":
        out[:, channel] = (x - x.mean()) / x.std()
    else:
        raise ValueError(how)
    return out


@mistake("MD433", "Divides by n instead of n − 1", hint="PyTorch's default spread divides by n − 1. Stay with it here.")
def rescale(days, channel, how, levels=4):
    x = days[:, channel]
    if how == "levels":
        x = (x - 1) / (levels - 1)
    elif how == "minmax":
        x = (x - x.min()) / (x.max() - x.min())
    elif how == "zscore":
        x = (x - x.mean()) / x.std(correction=0)
    else:
        raise ValueError(how)
    out = days.clone()
    out[:, channel] = x
    return out
