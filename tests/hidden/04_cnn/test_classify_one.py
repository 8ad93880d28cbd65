import torch

from grader import probe
from grader.asking.through import through


def probabilities(predict_proba, weight, x):
    net = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(weight.shape[1], len(weight), bias=False)).to(x.dtype)
    with torch.no_grad():
        net[1].weight.copy_(weight)
    said = predict_proba(net, x)
    return {"probabilities": said.detach(), "requires_grad": said.requires_grad}


@probe
def proba_calls(predict_proba, x):
    def net():
        return torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.BatchNorm1d(3))

    graph = x.clone().requires_grad_() * 1  # no leaf: what changes it in place is told so, and does not raise
    return [(predict_proba, net(), x), (predict_proba, net().eval(), graph)]


def test_probabilities(student, reference, agree, untouched, rng):
    """Each row is the softmax of the row's scores, without a graph; model and pictures stay as they are."""

    def drawn(n, k):
        return torch.randn(k, 8, generator=rng), torch.randn(n, 2, 2, 2, generator=rng)

    cases = {
        "four pictures and three classes": drawn(4, 3),
        "one picture and five classes": drawn(1, 5),
        "float64": tuple(t.double() for t in drawn(3, 3)),
        "scores of several hundred": tuple(t * size for t, size in zip(drawn(3, 4), (100, 1), strict=True)),
        "a dark picture beside a bright one": (
            drawn(2, 3)[0].abs(),
            torch.tensor([-60.0, 60.0])[:, None, None, None].expand(2, 2, 2, 2),
        ),
    }
    answer, oracle = (through(probabilities, f) for f in (student.predict_proba, reference.predict_proba))
    agree(answer, oracle, cases, layouts=("sliced", "expanded"))
    untouched(student.predict_proba, proba_calls, torch.rand(2, 4, generator=rng))


@probe
def modes(predict_proba, x):
    seen = []
    net = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.Dropout(0.5))
    net[1].register_forward_hook(lambda part, given, result: seen.append(part.training))
    for before in (True, False):
        net.train(before)
        predict_proba(net, x)
        seen.append(all(part.training for part in net.modules()))
    with torch.no_grad():
        predict_proba(net, x)
        seen[4:] = [torch.is_grad_enabled()]
    return seen


def test_modes(student, same, run, rng):
    """The model is asked in evaluation mode, and is then in the mode in which it was before."""
    due = [False, True, False, False, False]
    same(
        run(modes, student.predict_proba, torch.rand(2, 4, generator=rng)),
        due,
        "What is on",
        parts="training mode in a first call, training mode after it, training mode in a second call, "
        "training mode after that, recording of gradients after a call under `no_grad`",
        about="arguments",
    )


def named(classify_one, weight, images, names):
    class Strict(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.drop = torch.nn.Dropout(0.5)

        def forward(self, x):
            if x.ndim != 4:
                raise ValueError("a batch is due")
            return self.drop(x.flatten(1)) @ weight.T

    return [classify_one(Strict(), image, names) for image in images]


@probe
def one_calls(classify_one, image):
    def net():
        return torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(4, 2), torch.nn.BatchNorm1d(2))

    names, graph = ["boot", "bag"], image.clone().requires_grad_() * 1
    return [(classify_one, net(), image, names), (classify_one, net().eval(), graph, names)]


def test_names(student, reference, agree, untouched, rng):
    """`classify_one` gives name and probability of the most probable class; model and picture stay as they are."""
    weight, images = torch.randn(4, 12, generator=rng), torch.randn(5, 3, 2, 2, generator=rng)
    names = ["boot", "bag", "coat", "dress"]
    agree(
        through(named, student.classify_one),
        through(named, reference.classify_one),
        {
            "five pictures, one by one": (weight, list(images), names),
            "bright pictures": (weight[:3], list(images.abs()[:3]), names[:3]),
            "pictures of one channel": (weight[:, :4], [image[:1] for image in images], names),
            "pictures in one colour": (weight, list(images[:, :, :1, :1].expand(5, 3, 2, 2)), names),
        },
        parts="picture: name, probability",
    )
    untouched(student.classify_one, one_calls, torch.rand(1, 2, 2, generator=rng))
