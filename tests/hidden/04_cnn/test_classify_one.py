import torch

from grader import probe
from grader.asking.words import count


def probabilities(predict_proba, weight, x):
    net = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(weight.shape[1], len(weight), bias=False)).to(x.dtype)
    with torch.no_grad():
        net[1].weight.copy_(weight)
    said = predict_proba(net, x)
    return {"probabilities": said.detach(), "requires_grad": said.requires_grad}


def test_probabilities(student, reference, same, run, rng):
    """Each row is the softmax of the row's scores, without a graph."""
    for n, k in ((4, 3), (1, 5), (3, 3)):
        weight, x = torch.randn(k, 8, generator=rng), torch.randn(n, 2, 2, 2, generator=rng)
        x = x.double() if n == k else x
        due = probabilities(reference.predict_proba, weight, x)
        same(
            run(probe(probabilities), student.predict_proba, weight, x),
            due,
            f"For {count(n, 'picture')} and {count(k, 'class')}",
        )


@probe
def modes(predict_proba, x):
    seen = []
    net = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.Dropout(0.5))
    net[1].register_forward_hook(lambda part, given, result: seen.append(part.training))
    for before in (True, False):
        net.train(before)
        predict_proba(net, x)
        seen.append(all(part.training for part in net.modules()))
    return seen


def test_modes(student, same, run, rng):
    """The model is asked in evaluation mode, and is then in the mode in which it was before."""
    due = [False, True, False, False]
    same(
        run(modes, student.predict_proba, torch.rand(2, 4, generator=rng)),
        due,
        "Whether it is in training mode",
        parts="first call, time after it, second call, time after that",
    )


def named(classify_one, weight, images, names):
    images = [image.clone() for image in images]

    class Strict(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.drop = torch.nn.Dropout(0.5)

        def forward(self, x):
            if x.ndim != 4:
                raise ValueError("a batch is due")
            return self.drop(x.flatten(1)) @ weight.T

    return [classify_one(Strict(), image, names) for image in images], [image.ndim for image in images]


def test_names(student, reference, same, run, rng):
    """`classify_one` gives name and probability of the most probable class; the picture keeps its shape."""
    weight, images = torch.randn(4, 12, generator=rng), torch.randn(5, 3, 2, 2, generator=rng)
    names = ["boot", "bag", "coat", "dress"]
    due = named(reference.classify_one, weight, images, names)
    same(
        run(probe(named), student.classify_one, weight, images, names),
        due,
        "Five pictures, one by one",
        parts={"answers": "picture: name, probability", "axes": "picture"},
    )
