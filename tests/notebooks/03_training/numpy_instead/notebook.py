# %% question="numeric_gradient"
def numeric_gradient(f, params, delta):
    slopes = np.zeros(len(params))
    for i in range(len(params)):
        p = params.numpy().copy()
        p[i] += delta
        up = f(torch.from_numpy(p))
        p[i] -= 2 * delta
        down = f(torch.from_numpy(p))
        slopes[i] = (up - down) / (2 * delta)
    return slopes


# %% question="momentum_step"
def momentum_step(p, g, v, rate, momentum):
    v = momentum * np.asarray(v) + np.asarray(g)
    return torch.from_numpy(np.asarray(p) - rate * v), torch.from_numpy(v)


# %% question="softmax"
def softmax(x, dim):
    e = np.exp(x.numpy() - x.numpy().max(axis=dim, keepdims=True))
    return e / e.sum(axis=dim, keepdims=True)


# %% question="seeded"
def seeded(build, seed):
    np.random.seed(seed)
    return build()


def batch_orders(n, epochs, seed):
    np.random.seed(seed)
    return [np.random.permutation(n) for _ in range(epochs)]
