# %% question="train_step"
def train_step(model, batch, optimizer, loss_fn):
    device = next(model.parameters()).device
    x, y = batch[0].to(device), batch[1].to(device)
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    print("loss", loss)
    loss.backward()
    optimizer.step()
    return loss.detach()

# %% question="epoch_on"
def epoch_on(model, loader, optimizer, loss_fn, device):
    model.train()
    losses, sizes = [], []
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        print(f"loss {loss.item():.3f}")
        losses.append(loss.item())
        sizes.append(len(x))
    return sum(l * n for l, n in zip(losses, sizes)) / sum(sizes)

# %% question="clip_"
def clip_(params, limit):
    grads = [p.grad for p in params if p.grad is not None]
    length = torch.sqrt(sum((g ** 2).sum() for g in grads))
    if length.item() > limit:
        for g in grads:
            g *= limit / length
    return length
