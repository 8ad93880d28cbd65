# %% question="Network"
class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.conv2 = nn.Conv2d(6, 12, 5)
        self.fc1 = nn.Linear(192, 120)
        self.fc2 = nn.Linear(120, 60)
        self.out = nn.Linear(60, 10)

    def forward(self, t):
        t = nn.functional.max_pool2d(nn.functional.relu(self.conv1(t)), kernel_size=2, stride=2)
        t = nn.functional.max_pool2d(nn.functional.relu(self.conv2(t)), kernel_size=2, stride=2)
        t = nn.functional.relu(self.fc1(t.reshape(-1, 12 * 4 * 4)))
        return self.out(nn.functional.relu(self.fc2(t)))


check("Network")


# %%
# the same for colour pictures of 32 by 32
class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(400, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, x):
        x = nn.functional.max_pool2d(nn.functional.relu(self.conv1(x)), 2)
        x = nn.functional.max_pool2d(nn.functional.relu(self.conv2(x)), 2)
        x = nn.functional.relu(self.fc1(torch.flatten(x, 1)))
        return self.fc3(nn.functional.relu(self.fc2(x)))


print(Network()(torch.rand(2, 3, 32, 32)).shape)
