import torch

from grader import probe
from grader.asking.through import through


def made(linear_from, w, x):
    layer = linear_from(w)
    return {
        "nn.Linear": type(layer) is torch.nn.Linear,
        "sizes": (layer.in_features, layer.out_features),
        "bias": layer.bias is not None,
        "result": layer(x).detach(),
    }


def test_layer(student, reference, agree, rng):
    """It is an nn.Linear without a bias that applies the matrix, however that lies in memory."""
    cases = {
        f"a matrix {size}": (torch.randn(size, generator=rng), torch.randn(3, size[1], generator=rng))
        for size in ((3, 4), (5, 2), (3, 3), (1, 1))
    }
    answer, oracle = through(made, student.linear_from), through(made, reference.linear_from)
    agree(answer, oracle, cases, layouts=("sliced", "expanded"))


@probe
def trained(linear_from, w, x):
    before = w.clone()
    layer = linear_from(w)
    parameters = [name for name, p in layer.named_parameters() if p.requires_grad and p.is_leaf]
    start = layer.weight.detach().clone()
    layer(x).sum().backward()
    torch.optim.SGD(layer.parameters(), lr=0.5).step()
    moved = not torch.equal(start, layer.weight)
    kept = torch.equal(w, before)
    return {
        "parameters": parameters,
        "its weight moves": moved,
        "the matrix as before": kept,
        "the matrix without gradients, as before": not w.requires_grad,
    }


@probe
def calls(linear_from, w):
    return [(linear_from, w), (linear_from, w.T)]


def test_training(student, same, run, untouched, rng):
    """Its weight can be trained, and the matrix that was given stays as it is."""
    due = {
        "parameters": ["weight"],
        "its weight moves": True,
        "the matrix as before": True,
        "the matrix without gradients, as before": True,
    }
    found = run(trained, student.linear_from, torch.randn(3, 2, generator=rng), torch.rand(4, 2, generator=rng) + 1)
    same(found, due, "After a training step")
    untouched(student.linear_from, calls, torch.rand(3, 2, generator=rng), but=["random numbers"])
