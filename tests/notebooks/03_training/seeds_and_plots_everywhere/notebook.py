# %%
# %matplotlib inline
import random

import matplotlib.pyplot as plt

torch.manual_seed(0)
np.random.seed(0)
random.seed(0)
torch.use_deterministic_algorithms(True)

# %% question="fit"
def fit(x, t, params, rate, epochs):
    torch.manual_seed(0)
    losses = []
    for epoch in range(epochs):
        losses.append(mse(line(x, *params), t).item())
        params = params - rate * loss_gradient(x, t, params)
    plt.figure()
    plt.plot(losses)
    plt.title("loss")
    plt.show()
    plt.close("all")
    return params, losses


def diverged(losses):
    return any(math.isnan(loss) or math.isinf(loss) for loss in losses) or losses[-1] > losses[0]


# %%
for rate in (1e-2, 1e-4, 1e-5):
    params, losses = fit(t_u, t_c, torch.tensor([1.0, 0.0]), rate, 10)
    print(rate, losses[-1], diverged(losses))

# %% question="seeded"
def seeded(build, seed):
    torch.manual_seed(seed)
    return build()


def batch_orders(n, epochs, seed):
    torch.manual_seed(seed)
    return [torch.randperm(n) for _ in range(epochs)]


# %% question="fit_table"
def fit_table(x, y):
    torch.manual_seed(42)
    model = nn.Sequential(
        Normalise(x.mean(0), x.std(0)), nn.Linear(11, 32), nn.ReLU(), nn.Linear(32, 1), nn.Flatten(0)
    )
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    history = []
    for epoch in range(500):
        optimizer.zero_grad()
        loss = nn.MSELoss()(model(x), y)
        loss.backward()
        optimizer.step()
        history.append(loss.item())
        if epoch % 100 == 0:
            print(epoch, loss.item())
    fig, ax = plt.subplots()
    ax.semilogy(history)
    return model
