import torch
from torchvision import datasets

from grader import probe


@probe
def trained(fit_garments, images, labels, new):
    model = fit_garments(images, labels)
    with torch.no_grad():
        return {"training": model.training, "scores": model(new)}


def garments(train):
    data = datasets.FashionMNIST("data", train=train)
    return data.data[:, None].float() / 255, data.targets


def moved(images):
    """Mirrored or not, and moved by up to four pixels in each direction; in the same way each time."""
    luck = torch.Generator().manual_seed(4)
    places = torch.randint(0, 9, (len(images), 2), generator=luck).tolist()
    wide = torch.nn.functional.pad(images, (4, 4, 4, 4))
    cut = torch.stack([one[:, y : y + 28, x : x + 28] for one, (y, x) in zip(wide, places, strict=True)])
    mirrored = torch.rand(len(images), generator=luck) < 0.5
    return torch.where(mirrored[:, None, None, None], cut.flip(-1), cut)


def test_moved_garments(student, same, expect, demand, run):
    """It is in evaluation mode, and recognises more than 90 % of 300 unseen garments, mirrored perhaps and moved."""
    new, due = garments(train=False)
    found = expect(run(trained, student.fit_garments, *garments(train=True), moved(new.repeat(3, 1, 1, 1))), dict)
    same(found["training"], False, "Whether it is in training mode")
    scores = expect(found["scores"], torch.Tensor)
    same(list(scores.shape), [300, 10], "The shape of its scores")
    right = 100 * (scores.argmax(dim=1) == due.repeat(3)).double().mean().item()
    demand(right > 90, f"{right:.1f} % of them are recognised, and more than 90 % are due.")
