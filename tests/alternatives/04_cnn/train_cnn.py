import torch
from torch import nn

from grader import alternative


@alternative("a loss object, sums of losses, zero_grad after the step")
def train_cnn(model, loader, epochs, rate):
    criterion = nn.CrossEntropyLoss()
    sgd = torch.optim.SGD(params=model.parameters(), lr=rate, momentum=0.9)
    history = []
    for epoch in range(epochs):
        model.train()
        losses, right = [], []
        for batch in loader:
            pictures, labels = batch
            predictions = model(pictures)
            loss = criterion(predictions, labels)
            loss.backward()
            sgd.step()
            sgd.zero_grad()
            losses += [loss.item()] * len(labels)
            right += (predictions.max(dim=1).indices == labels).tolist()
        history.append(dict(loss=sum(losses) / len(losses), accuracy=sum(right) / len(right)))
    return history


@alternative("momentum by hand")
def train_cnn(model, loader, epochs, rate):
    model.train()
    speed = {p: torch.zeros_like(p) for p in model.parameters()}
    record = []
    for _ in range(epochs):
        total, hits, n = 0.0, 0, 0
        for x, y in loader:
            model.zero_grad()
            logits = model(x)
            loss = -logits.log_softmax(1)[range(len(y)), y].mean()
            loss.backward()
            with torch.no_grad():
                for p, v in speed.items():
                    v.mul_(0.9).add_(p.grad)
                    p.sub_(rate * v)
            total += float(loss) * len(y)
            hits += logits.argmax(-1).eq(y).sum().item()
            n += y.numel()
        record.append({"accuracy": hits / n, "loss": total / n})
    return record
