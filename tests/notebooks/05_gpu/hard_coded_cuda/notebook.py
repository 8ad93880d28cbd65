# %% question="pick_device"
def pick_device(prefer=("cuda", "xpu", "mps", "cpu")):
    return torch.device("cuda")

# %% question="move"
def move(t, device, dtype=None):
    t = t.cuda()
    return t if dtype is None else t.to(dtype)

# %% question="train_step"
def train_step(model, batch, optimizer, loss_fn):
    x, y = batch[0].cuda(), batch[1].cuda()
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.detach()
