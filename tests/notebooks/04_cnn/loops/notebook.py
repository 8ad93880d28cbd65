# %% question="convolve"
def convolve(x, w, b, stride=1, padding=0):
    N, C, H, W = x.shape
    O, _, K, L = w.shape
    big = torch.zeros(N, C, H + 2 * padding, W + 2 * padding, dtype=x.dtype)
    for i in range(H):
        for j in range(W):
            big[:, :, i + padding, j + padding] = x[:, :, i, j]
    rows = (H + 2 * padding - K) // stride + 1
    cols = (W + 2 * padding - L) // stride + 1
    out = torch.zeros(N, O, rows, cols, dtype=x.dtype)
    for n in range(N):
        for o in range(O):
            for i in range(rows):
                for j in range(cols):
                    total = b[o].clone()
                    for c in range(C):
                        window = big[n, c, i * stride : i * stride + K, j * stride : j * stride + L]
                        total += (window * w[o, c]).sum()
                    out[n, o, i, j] = total
    return out


# %% question="max_pool"
def max_pool(x, k):
    N, C, H, W = x.shape
    out = torch.zeros(N, C, H // k, W // k, dtype=x.dtype)
    for n in range(N):
        for c in range(C):
            for i in range(H // k):
                for j in range(W // k):
                    best = x[n, c, i * k, j * k]
                    for a in range(k):
                        for d in range(k):
                            best = max(best, x[n, c, i * k + a, j * k + d])
                    out[n, c, i, j] = best
    return out


# %% question="confusion"
def confusion(labels, predicted, classes):
    rows = []
    for i in range(classes):
        row = []
        for j in range(classes):
            row.append(sum(1 for a, b in zip(labels, predicted) if a == i and b == j))
        rows.append(row)
    return torch.tensor(rows)


# %% question="augment"
def augment(images, most, generator):
    N, C, H, W = images.shape
    out = torch.zeros_like(images)
    for n in range(N):
        flip = torch.randint(0, 2, (1,), generator=generator).item() == 1
        dy = torch.randint(-most, most + 1, (1,), generator=generator).item()
        dx = torch.randint(-most, most + 1, (1,), generator=generator).item()
        picture = images[n].flip(2) if flip else images[n]
        top, bottom, left, right = max(0, dy), min(H, H + dy), max(0, dx), min(W, W + dx)
        out[n, :, top:bottom, left:right] = picture[:, top - dy : bottom - dy, left - dx : right - dx]
    return out
