# %%
# until it is perfect
net = nn.Sequential(nn.Linear(1, 20), nn.Tanh(), nn.Linear(20, 1))
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
loss = torch.tensor(1.0)
while loss > 0:
    loss = ((net(0.1 * t_u[:, None]) - t_c[:, None]) ** 2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

# %% question="Stack"
class Stack(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(n, m) for n, m in zip(sizes, sizes[1:]))

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.tanh(layer(x))
        return self.layers[-1](x)


def count_params(module):
    while True:
        pass
