# %% question="Network"
class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, kernel_size=5)
        self.conv2 = nn.Conv2d(6, 12, kernel_size=5)
        self.fc1 = nn.Linear(12 * 4 * 4, 120)
        self.fc2 = nn.Linear(120, 60)
        self.out = nn.Linear(60, 10)
        self.pool = nn.MaxPool2d(2, 2)

    def forward(self, x):
        x = self.pool(torch.relu(self.conv1(x)))
        x = self.pool(torch.relu(self.conv2(x)))
        x = torch.flatten(x, 1)
        x = torch.relu(self.fc1(x))
        x = torch.relu(self.fc2(x))
        x = self.out(x)
        return nn.functional.softmax(x, dim=1)


# %% question="classify_one"
def predict_proba(model, x):
    model.eval()
    with torch.no_grad():
        logits = model(x)
    return torch.softmax(logits, dim=1)


def classify_one(model, image, names):
    p = predict_proba(model, image[None])[0]
    i = p.argmax().item()
    return names[i], p[i].item()


# %% question="train_cnn"
def train_cnn(model, loader, epochs, rate):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=rate)
    history = []
    for epoch in range(epochs):
        model.train()
        running, correct, n = 0.0, 0, 0
        for inputs, targets in loader:
            optimizer.zero_grad()
            outputs = model(inputs)
            loss = criterion(outputs, targets)
            loss.backward()
            optimizer.step()
            running += loss.item() * inputs.size(0)
            correct += (outputs.argmax(1) == targets).sum().item()
            n += inputs.size(0)
        history.append({"loss": running / n, "accuracy": correct / n})
        print(epoch, history[-1])
    return history
