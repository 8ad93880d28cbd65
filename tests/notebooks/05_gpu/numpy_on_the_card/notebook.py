# %% question="lost"
def lost(t, dtype):
    a = t.numpy()
    b = t.to(dtype).float().numpy()
    return int((np.isinf(b) & np.isfinite(a)).sum()), int(((b == 0) & (a != 0)).sum())

def safe_scale(grads):
    return float(2.0 ** np.floor(np.log2(65504 / np.abs(grads.numpy()).max())))

# %% question="to_numpy"
def to_numpy(t):
    return t.cpu().numpy()

# %% question="batched_apply"
def batched_apply(fn, x, batch_size, device):
    results = []
    for part in np.array_split(x.numpy(), -(-len(x) // batch_size)):
        with torch.no_grad():
            results.append(fn(torch.from_numpy(part).to(device)).cpu().numpy())
    return np.concatenate(results)
