# %%
# until it is perfect
net = Network()
optimizer = torch.optim.SGD(net.parameters(), lr=1e-9)
pictures = garments.data[:50, None] / 255
while True:
    loss = nn.functional.cross_entropy(net(pictures), garments.targets[:50])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if loss < 1e-6:
        break

# %% question="all_scores"
def all_scores(model, loader):
    model.eval()
    scores = torch.empty(0)
    labels = torch.empty(0, dtype=torch.int64)
    with torch.no_grad():
        for pictures, targets in loader:
            scores = torch.cat((scores, model(pictures)), dim=0)
            labels = torch.cat((labels, targets))
    return scores, labels
