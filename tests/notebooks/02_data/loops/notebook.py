# %% question="convert_layout"
def convert_layout(t, have, want):
    if sorted(have) != sorted(want):
        raise ValueError("not the same axes")
    axes = []
    for letter in want:
        for place in range(len(have)):
            if have[place] == letter:
                axes.append(place)
    return t.permute(axes)


# %% question="channel_stats"
def channel_stats(batch):
    means, stds = [], []
    for c in range(batch.shape[1]):
        numbers = []
        for n in range(batch.shape[0]):
            for row in batch[n, c].tolist():
                numbers.extend(row)
        mean = sum(numbers) / len(numbers)
        means.append(mean)
        stds.append((sum((x - mean) ** 2 for x in numbers) / (len(numbers) - 1)) ** 0.5)
    return torch.tensor(means), torch.tensor(stds)


def normalise(images, mean, std):
    result = images.clone()
    for c in range(len(mean)):
        if images.ndim == 4:
            for n in range(len(images)):
                result[n, c] = (images[n, c] - mean[c]) / std[c]
        else:
            result[c] = (images[c] - mean[c]) / std[c]
    return result


# %% question="windows"
def windows(wave, size, step):
    found = []
    start = 0
    while start + size <= wave.shape[-1]:
        found.append(wave[..., start : start + size])
        start += step
    return torch.stack(found, dim=-2)


# %% question="one_hot"
def one_hot(codes, n):
    table = torch.zeros(len(codes), n)
    for i in range(len(codes)):
        for slot in range(n):
            if codes[i] == slot:
                table[i, slot] = 1
    return table


def thermometer(codes, n):
    table = torch.zeros(len(codes), n)
    for i in range(len(codes)):
        for slot in range(n):
            if slot <= codes[i]:
                table[i, slot] = 1
    return table


# %% question="group_means"
def group_means(table, low, high):
    inputs, quality = table[:, :-1], table[:, -1]
    sums, counts = torch.zeros(3, inputs.shape[1]), [0, 0, 0]
    for i in range(len(inputs)):
        if quality[i] <= low:
            group = 0
        elif quality[i] < high:
            group = 1
        else:
            group = 2
        sums[group] += inputs[i]
        counts[group] += 1
    return torch.stack([sums[g] / counts[g] for g in range(3)])


# %% question="precision_recall"
def precision_recall(predicted, actual):
    hits = misses = alarms = 0
    for p, a in zip(predicted.tolist(), actual.tolist()):
        if p and a:
            hits += 1
        elif p:
            alarms += 1
        elif a:
            misses += 1
    precision = hits / (hits + alarms) if hits + alarms > 0 else 0.0
    recall = hits / (hits + misses) if hits + misses > 0 else 0.0
    return precision, recall


# %% question="to_days"
def to_days(table, hours=24):
    rows, channels = table.shape
    if rows % hours != 0:
        raise ValueError("broken day")
    days = torch.zeros(rows // hours, channels, hours, dtype=table.dtype)
    for r in range(rows):
        for c in range(channels):
            days[r // hours, c, r % hours] = table[r, c]
    return days


# %% question="append_one_hot"
def append_one_hot(days, channel, n):
    N, C, L = days.shape
    result = torch.zeros(N, C + n, L)
    for i in range(N):
        for c in range(C):
            result[i, c] = days[i, c]
        for hour in range(L):
            result[i, C + int(days[i, channel, hour]) - 1, hour] = 1
    return result


# %% question="embed"
def embed(ids, table):
    if ids.ndim == 0:
        return table[int(ids)].clone()
    return torch.stack([embed(part, table) for part in ids])


def analogy(table, a, b, c):
    best, nearest = None, float("inf")
    for i in range(len(table)):
        if i in (a, b, c):
            continue
        d = 0.0
        for k in range(table.shape[1]):
            d += float(table[b, k] - table[a, k] + table[c, k] - table[i, k]) ** 2
        if d < nearest:
            best, nearest = i, d
    return best


# %% question="class_counts"
def class_counts(targets, n):
    counts = [0] * n
    for t in targets:
        counts[t] += 1
    return torch.tensor(counts)


def class_weights(counts):
    total = sum(counts.tolist())
    weights = []
    for count in counts.tolist():
        weights.append(0.0 if count == 0 else total / (len(counts) * count))
    return torch.tensor(weights)
