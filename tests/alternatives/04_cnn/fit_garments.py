import torch
from torch import nn

from grader import alternative


@alternative("no convolution, but many moved pictures")
def fit_garments(images, labels):
    generator = torch.Generator().manual_seed(1)
    model = nn.Sequential(nn.Flatten(), nn.Linear(784, 100), nn.ReLU(), nn.Linear(100, 10))
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    wide = nn.functional.pad(images, (4, 4, 4, 4))
    for epoch in range(24):
        for batch in torch.randperm(len(images), generator=generator).split(50):
            x = wide[batch]
            flip = torch.rand(len(batch), generator=generator) < 0.5
            x = torch.where(flip[:, None, None, None], x.flip(3), x)
            y, z = torch.randint(0, 9, (2, len(batch)), generator=generator)
            x = torch.stack([p[:, a : a + 28, b : b + 28] for p, a, b in zip(x, y.tolist(), z.tolist())])
            loss = nn.functional.cross_entropy(model(x), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model.eval()
