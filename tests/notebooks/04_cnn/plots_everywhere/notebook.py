# %%
plt.rcParams["figure.figsize"] = (3, 3)
for i in range(4):
    plt.figure()
    plt.imshow(garments.data[i], cmap="gray")
    plt.title(garments.classes[int(garments.targets[i])])
    plt.show()

# %% question="edge_maps"
def edge_maps(images):
    gx = torch.tensor([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], dtype=torch.float32)
    weight = torch.stack([gx, gx.t(), torch.ones(3, 3) / 9])[:, None]
    maps = nn.functional.conv2d(images, weight, stride=1, padding=1)
    fig, axes = plt.subplots(1, 3)
    for ax, one in zip(axes, maps[0]):
        ax.imshow(one)
    plt.close(fig)
    return maps


# %% question="train_cnn"
def train_cnn(model, loader, epochs, rate):
    opt = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
    out = []
    model.train()
    for epoch in range(epochs):
        loss_sum = hits = count = 0
        for x, y in loader:
            z = model(x)
            loss = nn.functional.cross_entropy(z, y)
            opt.zero_grad()
            loss.backward()
            opt.step()
            loss_sum += float(loss) * len(x)
            hits += (z.argmax(1) == y).sum().item()
            count += len(x)
        out.append({"loss": loss_sum / count, "accuracy": hits / count})
        print(f"epoch {epoch}: {out[-1]}")
    plt.plot([o["loss"] for o in out])
    plt.show()
    return out


# %%
history = train_cnn(Network(), DataLoader(garments, batch_size=100, shuffle=True), 2, 0.05)
plt.plot([h["accuracy"] for h in history])
plt.show()
