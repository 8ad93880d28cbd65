import math

from grader import mistake


@mistake("ML226", "Forgets the smaller last batch", hint="What is left over is a batch, too. Round up.")
def updates(mode, n, batch_size, epochs):
    if mode not in ("all", "single", "batch"):
        raise ValueError
    return epochs * {"all": 1, "single": n, "batch": n // batch_size}[mode]


@mistake("ML227", "Counts one epoch only", hint="Every epoch makes these steps again.")
def updates(mode, n, batch_size, epochs):
    if mode not in ("all", "single", "batch"):
        raise ValueError
    return {"all": 1, "single": n, "batch": math.ceil(n / batch_size)}[mode]


@mistake("ML228", "Takes every other word for batches", hint="A mode that is none of the three was to raise ValueError.")
def updates(mode, n, batch_size, epochs):
    if mode == "all":
        return epochs
    if mode == "single":
        return n * epochs
    return math.ceil(n / batch_size) * epochs


@mistake("ML49", "Never starts a new window", hint="After each window the sum starts from zero again.")
def running_means(losses, every):
    means, total = [], 0.0
    for i, loss in enumerate(losses):
        total += loss
        if (i + 1) % every == 0:
            means.append(total / every)
    return means


@mistake("ML229", "Reports the rest as a window", hint="What fills no window is not reported.")
def running_means(losses, every):
    windows = [losses[i : i + every] for i in range(0, len(losses), every)]
    return [sum(w) / len(w) for w in windows]


@mistake("ML230", "Moves the window by one each time", hint="The windows stand side by side and do not overlap.")
def running_means(losses, every):
    return [sum(losses[i : i + every]) / every for i in range(len(losses) - every + 1)]


@mistake("ML362", "Divides by the size of the batches in every mode", hint="Only \"batch\" looks at `batch_size`. A table of all three answers works each of them out.")
def updates(mode, n, batch_size, epochs):
    steps = {"all": 1, "single": n, "batch": math.ceil(n / batch_size)}
    if mode not in steps:
        raise ValueError(mode)
    return epochs * steps[mode]


@mistake("ML502", 'Lets batches run on into the next epoch', hint='Each epoch begins anew, with the smaller last batch of the one before behind it.')
def updates(mode, n, batch_size, epochs):
    if mode == "batch":
        return math.ceil(n * epochs / batch_size)
    if mode in ("all", "single"):
        return epochs * (n if mode == "single" else 1)
    raise ValueError(f"no such mode: {mode}")


@mistake("ML503", 'Adds a batch where the last one is full', hint='12 samples in batches of 4 are three batches. Round up, do not add.')
def updates(mode, n, batch_size, epochs):
    if mode == "all":
        return epochs
    if mode == "single":
        return epochs * n
    if mode == "batch":
        return epochs * (n // batch_size + 1)
    raise ValueError(mode)


@mistake("ML504", 'Takes the mode in capitals, too', hint='Only the three words as they are written count; for any other ValueError was asked.')
def updates(mode, n, batch_size, epochs):
    mode = mode.strip().lower()
    if mode not in ("all", "single", "batch"):
        raise ValueError(mode)
    size = {"all": n, "single": 1, "batch": batch_size}[mode]
    return math.ceil(n / size) * epochs


@mistake("ML505", 'Begins a window with the last loss of the one before', hint='Each window starts from zero.')
def running_means(losses, every):
    means, total = [], 0.0
    for i, loss in enumerate(losses, 1):
        total += loss
        if i % every == 0:
            means.append(total / every)
            total = loss
    return means


@mistake("ML506", "Takes the losses out of the caller's list", hint='`del` and `pop` change the list that you were given. Slices do not.')
def running_means(losses, every):
    means = []
    while len(losses) >= every:
        means.append(sum(losses[:every]) / every)
        del losses[:every]
    return means
