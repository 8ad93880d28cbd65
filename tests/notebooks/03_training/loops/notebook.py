# %% question="mse"
def mse(predicted, target):
    if predicted.shape != target.shape:
        raise ValueError("the shapes differ")
    total = 0.0
    for p, t in zip(predicted.flatten().tolist(), target.flatten().tolist()):
        total += (p - t) ** 2
    return torch.tensor(total / predicted.numel(), dtype=predicted.dtype)


def worst_share(errors):
    values = [float(e) for e in errors]
    worst = 0
    for v in values:
        if abs(v) > abs(worst):
            worst = v
    total, squares = 0, 0
    for v in values:
        total += abs(v)
        squares += v * v
    return abs(worst) / total, worst * worst / squares


# %% question="loss_gradient"
def loss_gradient(x, t, params):
    w, b = params
    dw = db = 0.0
    for i in range(len(x)):
        error = w * x[i] + b - t[i]
        dw += 2 * error * x[i] / len(x)
        db += 2 * error / len(x)
    return torch.stack([dw, db])


# %% question="softmax"
def softmax(x, dim):
    result = torch.zeros_like(x)
    rows = x.movedim(dim, -1).reshape(-1, x.shape[dim])
    out = result.movedim(dim, -1).reshape(-1, x.shape[dim])
    for i in range(len(rows)):
        largest = max(rows[i].tolist())
        powers = [math.exp(v - largest) for v in rows[i].tolist()]
        for j in range(len(powers)):
            out[i, j] = powers[j] / sum(powers)
    return out.reshape(x.movedim(dim, -1).shape).movedim(-1, dim)


# %% question="calibration_gap"
def calibration_gap(confidence, correct, bins):
    sums = [[0.0, 0, 0] for _ in range(bins)]
    for c, right in zip(confidence.tolist(), correct.tolist()):
        k = int(c * bins)
        if k == bins:
            k = bins - 1
        sums[k][0] += c
        sums[k][1] += right
        sums[k][2] += 1
    gap = 0.0
    for claimed, right, n in sums:
        if n > 0:
            gap += n / len(confidence) * abs(claimed / n - right / n)
    return gap


# %% question="accuracy"
def accuracy(model, loader):
    was_training = model.training
    model.eval()
    right = 0
    count = 0
    with torch.no_grad():
        for x, y in loader:
            scores = model(x)
            for i in range(len(y)):
                best = 0
                for k in range(len(scores[i])):
                    if scores[i][k] > scores[i][best]:
                        best = k
                if best == y[i]:
                    right += 1
                count += 1
    if was_training:
        model.train()
    return right / count
