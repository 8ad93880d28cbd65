import torch
from torch import nn

from grader import mistake


@mistake("ML01c", "Lets the gradients add up", hint="Each batch starts with cleared gradients.")
def train_cnn(model, loader, epochs, rate):
    optimizer = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
    model.train()
    record = []
    for _ in range(epochs):
        total = hits = count = 0
        for x, y in loader:
            logits = model(x)
            loss = nn.functional.cross_entropy(logits, y)
            loss.backward()
            optimizer.step()
            total, hits, count = total + loss.item() * len(y), hits + int((logits.argmax(1) == y).sum()), count + len(y)
        record.append({"loss": total / count, "accuracy": hits / count})
    return record


@mistake("MC340", "Makes a new optimizer in every epoch", hint="Its momentum is lost then. Make it once, before the first epoch.")
def train_cnn(model, loader, epochs, rate):
    model.train()
    record = []
    for _ in range(epochs):
        optimizer = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
        total = hits = count = 0
        for x, y in loader:
            logits = model(x)
            loss = nn.functional.cross_entropy(logits, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total, hits, count = total + loss.item() * len(y), hits + int((logits.argmax(1) == y).sum()), count + len(y)
        record.append({"loss": total / count, "accuracy": hits / count})
    return record


@mistake("MC341", "Leaves the momentum out", hint="SGD with a momentum of 0.9 was asked for; it is 0 unless you say so.")
def train_cnn(model, loader, epochs, rate):
    optimizer = torch.optim.SGD(model.parameters(), lr=rate)
    model.train()
    record = []
    for _ in range(epochs):
        total = hits = count = 0
        for x, y in loader:
            logits = model(x)
            loss = nn.functional.cross_entropy(logits, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total, hits, count = total + loss.item() * len(y), hits + int((logits.argmax(1) == y).sum()), count + len(y)
        record.append({"loss": total / count, "accuracy": hits / count})
    return record


@mistake("MC342", "Applies a softmax before the cross-entropy", hint="The loss contains the softmax; it wants the logits.")
def train_cnn(model, loader, epochs, rate):
    optimizer = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
    model.train()
    record = []
    for _ in range(epochs):
        total = hits = count = 0
        for x, y in loader:
            logits = model(x)
            loss = nn.functional.cross_entropy(logits.softmax(1), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total, hits, count = total + loss.item() * len(y), hits + int((logits.argmax(1) == y).sum()), count + len(y)
        record.append({"loss": total / count, "accuracy": hits / count})
    return record


@mistake("ML47c", "Averages the losses of the batches", hint="A last batch that is smaller counts too much. Weight each by its number of samples.")
def train_cnn(model, loader, epochs, rate):
    optimizer = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
    model.train()
    record = []
    for _ in range(epochs):
        losses, hits, count = [], 0, 0
        for x, y in loader:
            logits = model(x)
            loss = nn.functional.cross_entropy(logits, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
            hits, count = hits + int((logits.argmax(1) == y).sum()), count + len(y)
        record.append({"loss": sum(losses) / len(losses), "accuracy": hits / count})
    return record


@mistake("MC25", "Returns the accuracy as a whole percentage", hint="The share of hits lies between 0 and 1; integer division cuts it off.")
def train_cnn(model, loader, epochs, rate):
    optimizer = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
    model.train()
    record = []
    for _ in range(epochs):
        total = hits = count = 0
        for x, y in loader:
            logits = model(x)
            loss = nn.functional.cross_entropy(logits, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total, hits, count = total + loss.item() * len(y), hits + int((logits.argmax(1) == y).sum()), count + len(y)
        record.append({"loss": total / count, "accuracy": 100 * hits // count})
    return record


@mistake("MC343", "Does not reset the sums between epochs", hint="The second record contains the first epoch, too. Start each epoch from zero.")
def train_cnn(model, loader, epochs, rate):
    optimizer = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
    model.train()
    record = []
    total = hits = count = 0
    for _ in range(epochs):
        for x, y in loader:
            logits = model(x)
            loss = nn.functional.cross_entropy(logits, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total, hits, count = total + loss.item() * len(y), hits + int((logits.argmax(1) == y).sum()), count + len(y)
        record.append({"loss": total / count, "accuracy": hits / count})
    return record


@mistake("MC344", "Does not switch to training mode", hint="The model may come in evaluation mode: `model.train()`.")
def train_cnn(model, loader, epochs, rate):
    optimizer = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
    record = []
    for _ in range(epochs):
        total = hits = count = 0
        for x, y in loader:
            logits = model(x)
            loss = nn.functional.cross_entropy(logits, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total, hits, count = total + loss.item() * len(y), hits + int((logits.argmax(1) == y).sum()), count + len(y)
        record.append({"loss": total / count, "accuracy": hits / count})
    return record


@mistake("MC345", "Measures after the step, with a second pass through the model", hint="The logits that the training computes anyway are enough: each batch is measured before its step.")
def train_cnn(model, loader, epochs, rate):
    optimizer = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
    model.train()
    record = []
    for _ in range(epochs):
        total = hits = count = 0
        for x, y in loader:
            loss = nn.functional.cross_entropy(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            logits = model(x)
            total += nn.functional.cross_entropy(logits, y).item() * len(y)
            hits, count = hits + int((logits.argmax(1) == y).sum()), count + len(y)
        record.append({"loss": total / count, "accuracy": hits / count})
    return record


@mistake("MC346", "Looks for the best picture of each class", hint="The scores of one picture stand in a row: argmax along dim 1.")
def train_cnn(model, loader, epochs, rate):
    optimizer = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
    model.train()
    record = []
    for _ in range(epochs):
        total = hits = count = 0
        for x, y in loader:
            logits = model(x)
            loss = nn.functional.cross_entropy(logits, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            hits += sum(int(a == b) for a, b in zip(logits.argmax(0), y))
            total, count = total + loss.item() * len(y), count + len(y)
        record.append({"loss": total / count, "accuracy": hits / count})
    return record


@mistake("MC633", "Averages loss and accuracy over the batches", hint="A last batch that is smaller counts too much in both. Weight by the number of samples.")
def train_cnn(model, loader, epochs, rate):
    optimizer = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
    model.train()
    history = []
    for _ in range(epochs):
        losses, shares = [], []
        for x, y in loader:
            optimizer.zero_grad()
            logits = model(x)
            loss = nn.functional.cross_entropy(logits, y)
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
            shares.append((logits.argmax(dim=1) == y).float().mean().item())
        history.append({"loss": sum(losses) / len(losses), "accuracy": sum(shares) / len(shares)})
    return history


@mistake("MC634", "Measures in a second pass through the data", hint="One pass per epoch: measure each batch before its step, with the logits that are there.")
def train_cnn(model, loader, epochs, rate):
    optimizer = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
    history = []
    for _ in range(epochs):
        model.train()
        for x, y in loader:
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x), y).backward()
            optimizer.step()
        total, hits, n = 0.0, 0, 0
        with torch.no_grad():
            for x, y in loader:
                logits = model(x)
                total += nn.functional.cross_entropy(logits, y, reduction="sum").item()
                hits += (logits.argmax(1) == y).sum().item()
                n += len(y)
        history.append({"loss": total / n, "accuracy": hits / n})
    return history


@mistake("MC751", "Takes Nesterov's momentum", hint="SGD with a momentum of 0.9 was asked for, without `nesterov`.")
def train_cnn(model, loader, epochs, rate):
    opt = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9, nesterov=True)
    model.train()
    history = []
    for _ in range(epochs):
        total = hits = count = 0
        for x, y in loader:
            logits = model(x)
            loss = nn.functional.cross_entropy(logits, y)
            opt.zero_grad()
            loss.backward()
            opt.step()
            total += loss.item() * len(y)
            hits += (logits.argmax(1) == y).sum().item()
            count += len(y)
        history.append({"loss": total / count, "accuracy": hits / count})
    return history


@mistake("MC752", "Clips the gradients", hint="Nothing of it was asked for: each step goes as far as its gradient says.")
def train_cnn(model, loader, epochs, rate):
    opt = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
    model.train()
    history = []
    for _ in range(epochs):
        total = hits = count = 0
        for x, y in loader:
            logits = model(x)
            loss = nn.functional.cross_entropy(logits, y)
            opt.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            opt.step()
            total += loss.item() * len(y)
            hits += (logits.argmax(1) == y).sum().item()
            count += len(y)
        history.append({"loss": total / count, "accuracy": hits / count})
    return history


@mistake("MC753", "Averages the accuracies of the batches", hint="The last batch may be smaller. Add up the hits, and divide by the number of samples once.")
def train_cnn(model, loader, epochs, rate):
    opt = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
    model.train()
    history = []
    for _ in range(epochs):
        total = count = 0
        shares = []
        for x, y in loader:
            logits = model(x)
            loss = nn.functional.cross_entropy(logits, y)
            opt.zero_grad()
            loss.backward()
            opt.step()
            total += loss.item() * len(y)
            shares.append((logits.argmax(1) == y).float().mean().item())
            count += len(y)
        history.append({"loss": total / count, "accuracy": sum(shares) / len(shares)})
    return history


@mistake("MC754", "Measures the accuracy in a second pass", hint="Each batch is measured before its step, with the logits that the training computes anyway.")
def train_cnn(model, loader, epochs, rate):
    opt = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
    history = []
    for _ in range(epochs):
        model.train()
        total = hits = count = 0
        for x, y in loader:
            loss = nn.functional.cross_entropy(model(x), y)
            opt.zero_grad()
            loss.backward()
            opt.step()
            total += loss.item() * len(y)
            count += len(y)
        with torch.no_grad():
            hits = sum((model(x).argmax(1) == y).sum().item() for x, y in loader)
        history.append({"loss": total / count, "accuracy": hits / count})
    return history


@mistake("MC755", "Clears the gradients once per epoch", hint="Within an epoch they add up then. Each batch starts with cleared gradients.")
def train_cnn(model, loader, epochs, rate):
    opt = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
    model.train()
    history = []
    for _ in range(epochs):
        total = hits = count = 0
        opt.zero_grad()
        for x, y in loader:
            logits = model(x)
            loss = nn.functional.cross_entropy(logits, y)
            loss.backward()
            opt.step()
            total += loss.item() * len(y)
            hits += (logits.argmax(1) == y).sum().item()
            count += len(y)
        history.append({"loss": total / count, "accuracy": hits / count})
    return history


@mistake("MC756", "Divides by the size of the data set", hint="A loader may leave the last batch out (`drop_last`): count the samples that come.")
def train_cnn(model, loader, epochs, rate):
    opt = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
    model.train()
    history = []
    for _ in range(epochs):
        total = hits = 0
        for x, y in loader:
            logits = model(x)
            loss = nn.functional.cross_entropy(logits, y)
            opt.zero_grad()
            loss.backward()
            opt.step()
            total += loss.item() * len(y)
            hits += (logits.argmax(1) == y).sum().item()
        history.append({"loss": total / len(loader.dataset), "accuracy": hits / len(loader.dataset)})
    return history


@mistake("MC805", "Starts the common generator anew", hint="A loader that shuffles would give the same order each time, and all random numbers that follow would be the same. Nobody asked for a seed.")
def train_cnn(model, loader, epochs, rate):
    torch.manual_seed(0)
    optimizer = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
    model.train()
    record = []
    for _ in range(epochs):
        total = hits = count = 0
        for x, y in loader:
            logits = model(x)
            loss = nn.functional.cross_entropy(logits, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total, hits, count = total + loss.item() * len(y), hits + int((logits.argmax(1) == y).sum()), count + len(y)
        record.append({"loss": total / count, "accuracy": hits / count})
    return record


@mistake("MC870", "Ends when the loss is no longer finite", hint="An entry for each epoch was asked for, also when a training diverges.")
def train_cnn(model, loader, epochs, rate):
    optimizer, record = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9), []
    model.train()
    for _ in range(epochs):
        total, hits, count = 0.0, 0, 0
        for x, y in loader:
            logits = model(x)
            loss = nn.functional.cross_entropy(logits, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total, count = total + loss.item() * len(y), count + len(y)
            hits += int((logits.argmax(dim=1) == y).sum())
        if not abs(total) < float("inf"):
            break
        record.append({"loss": total / count, "accuracy": hits / count})
    return record


@mistake("MQ413", "Ends when every sample is recognised", hint="An entry for each epoch was asked for, also when there is nothing left to learn.")
def train_cnn(model, loader, epochs, rate):
    optimizer, record = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9), []
    model.train()
    for _ in range(epochs):
        total, hits, count = 0.0, 0, 0
        for x, y in loader:
            logits = model(x)
            loss = nn.functional.cross_entropy(logits, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total, count = total + loss.item() * len(y), count + len(y)
            hits += int((logits.argmax(dim=1) == y).sum())
        record.append({"loss": total / count, "accuracy": hits / count})
        if hits == count and total == 0:
            break
    return record
