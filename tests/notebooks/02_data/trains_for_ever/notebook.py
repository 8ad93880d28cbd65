# %%
# let us see how far one gets with the garments already
model = nn.Linear(784, 10)
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
pixels, answers = garments.data[:64].flatten(1) / 255, garments.targets[:64]
while True:
    loss = nn.functional.cross_entropy(model(pixels), answers)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

# %% question="subset_relabel"
def subset_relabel(dataset, keep):
    keep = list(keep)
    return [(picture, keep.index(label)) for picture, label in dataset if label in keep]
