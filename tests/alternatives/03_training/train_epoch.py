from grader import alternative


@alternative("zero_grad at the start of the round, zeros in the place of None")
def train_epoch(model, loader, optimizer, loss_fn):
    model.train(True)
    total, seen = 0.0, 0
    for batch in loader:
        optimizer.zero_grad(set_to_none=False)
        predictions = model(batch[0])
        loss = loss_fn(predictions, batch[1])
        loss.backward()
        optimizer.step()
        total += float(loss) * batch[0].size(0)
        seen += batch[0].size(0)
    return total / seen


@alternative("clears the model after the step, and averages pairs")
def train_epoch(model, loader, optimizer, loss_fn):
    model.train()
    pairs = []
    for x, t in loader:
        loss = loss_fn(model(x), t)
        loss.backward()
        optimizer.step()
        model.zero_grad()
        pairs.append((len(t), loss.detach()))
    return (sum(n * loss for n, loss in pairs) / sum(n for n, _ in pairs)).item()
