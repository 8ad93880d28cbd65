# %%
# start the simulation (again)
sim = start_simulation(devices=1)

# %% question="TwoCards"
class TwoCards(nn.Module):
    def __init__(self, first, second, devices):
        super().__init__()
        self.first = first.to(devices[0])
        self.second = second.to(devices[1])
        self.devices = [torch.device(d) for d in devices]

    def forward(self, x):
        h = self.first(x.to(self.devices[0]))
        return self.second(h.to(self.devices[1]))

# %%
class Prepare(nn.Module):
    "only the mean, for the plot below"
    def __init__(self, mean):
        super().__init__()
        self.mean = mean

    def forward(self, x):
        return x - self.mean
